"""Info strings: read as superfences reads them, and what they ask for in vain."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pymdownx.superfences import RE_NESTED_FENCE_START  # type: ignore[import-untyped]

from fieldguide.base import problems
from fieldguide.base.problems import Problems
from fieldguide.model import Location, Options
from fieldguide.pages.fences import info_string

HERE = Location("docs/x.md", 3)


def parsed(info: str) -> tuple[str, Options, list[str]]:
    """The language, the options, and the problems as they are printed."""
    collector = Problems()
    language, options = info_string.parse(collector, info, HERE)
    return language, options, [problems.line(problem) for problem in collector]


def told(info: str) -> list[str]:
    return parsed(info)[2]


GOOD = [
    ("", "", Options()),
    ("python", "python", Options()),
    (".python", "python", Options()),
    ("{.python .run}", "python", Options(run=True)),
    ("python {.run}", "python", Options(run=True)),
    ("python {.run }", "python", Options(run=True)),
    ("python {.run .hide}", "python", Options(run=True, hide=True)),
    ("python {.run #forms}", "python", Options(run=True, id="forms")),
    ('python {.run data-env="flask" data-group="a-1"}', "python",
     Options(run=True, env="flask", group="a-1")),
    ("python {.run data-env=flask data-group='a'}", "python",
     Options(run=True, env="flask", group="a")),
    ('python {.run data-raises="ValueError"}', "python", Options(run=True, raises="ValueError")),
    ('python {.run data-raises="http.client.HTTPException"}', "python",
     Options(run=True, raises="http.client.HTTPException")),
    ("python {.run data-async}", "python", Options(run=True, asynchronous=True)),
    ('python {.run data-async="true"}', "python", Options(run=True, asynchronous=True)),
    ('console {.run data-exit="1"}', "console", Options(run=True, exit=1)),
    ('console {.run data-exit="0"}', "console", Options(run=True, exit=0)),
    ('http {.run data-app="routing/flask"}', "http", Options(run=True, app="routing/flask")),
    ('html {data-file="templates/a.html" data-group="a"}', "html",
     Options(file="templates/a.html", group="a")),
    ('html {.run data-file="templates/a.html"}', "html",
     Options(run=True, file="templates/a.html")),
    ('python {.hide data-file="models.py"}', "python", Options(hide=True, file="models.py")),
    ("text {.output}", "text", Options(output=True)),
    ('text {.output data-group="a"}', "text", Options(output=True, group="a")),
    ('yaml {.norun data-reason="needs a cluster"}', "yaml",
     Options(norun=True, reason="needs a cluster")),
    ('python title="a b" hl_lines="1 2-3" linenums="1"', "python", Options()),
    ('python {.run title="a {b}" hl_lines="1" linenums="1 2"}', "python", Options(run=True)),
    ("python {.no-copy .annotate .select .copy}", "python", Options()),
    ("pycon {.run}", "pycon", Options(run=True)),
]  # fmt: skip


@pytest.mark.parametrize(("info", "language", "options"), GOOD, ids=[info for info, _, _ in GOOD])
def test_what_is_known(info: str, language: str, options: Options) -> None:
    assert parsed(info) == (language, options, [])


BAD = [
    ("python {.rnu}", 'unknown class ".rnu" (did you mean ".run"?)'),
    ("python {.run .hiden}", 'unknown class ".hiden" (did you mean ".hide"?)'),
    ("python {.run .nocopy}", '(did you mean ".no-copy"?)'),
    ("python {run}", "write {.run}"),
    ("python {.run data-evn=flask}", 'unknown key "data-evn" (did you mean "data-env"?)'),
    ("python {.run env=flask}", 'unknown key "env" (did you mean "data-env"?)'),
    ("python {.run data-env=a data-env=b}", "has data-env twice"),
    ("python {.run data-env}", "has data-env without a value"),
    ("{.run}", "the fence has no language"),
    ("{.output}", "the fence has no language"),
    ('python {.run data-group="My forms"}', 'write data-group="my-forms"'),
    ("python {.run #Forms}", "write {#forms}"),
    ('python {.run data-env="Flask!"}', "data-env must be the name of a framework"),
    ('console {.run data-exit="one"}', "data-exit must be a number from 0 to 255"),
    ('console {.run data-exit="256"}', "data-exit must be a number from 0 to 255"),
    ('console {.run data-exit="-1"}', "data-exit must be a number from 0 to 255"),
    ('python {.run data-async="no"}', 'data-async must be true, not "no"'),
    ('python {.run data-raises="a b"}', "data-raises must be the name of an exception"),
    ('http {.run data-app="flask"}', "data-app must be the id of a snippet"),
    ('python {.run hl_lines="a"}', "hl_lines must be numbers of lines"),
    ('python {.run linenums="a"}', "linenums must be the number of the first line"),
    ('python {.norun data-reason=" "}', "data-reason must be a reason in words"),
    ("python {.norun}", "is not run, and does not say why"),
    ('python {.run .norun data-reason="x"}', "is .run and .norun"),
    ('python {.run data-reason="x"}', "only for one that is not run"),
    ("python {.hide}", "is hidden and not run"),
    ("python {.output}", "expected output is plain text, and the fence is in python"),
    ("yaml {.run}", "is .run and in yaml, which nothing can run"),
    ("pyhton {.run}", '(did you mean "python"?)'),
    ('python {data-env="flask"}', "has data-env and is not run"),
    ('http {data-app="a/b"}', "has data-app and is not run"),
    ('python {.run data-app="a/b"}', "data-app is only for http"),
    ('console {.run data-raises="E"}', "data-raises is only for python"),
    ("console {.run data-async}", "data-async is only for python and pycon"),
    ('python {.run data-exit="1"}', "data-exit is only for console"),
    ('html {data-file="/etc/passwd"}', "must name a file in the folder"),
    ('html {data-file="../a.html"}', "must name a file in the folder"),
    ('html {data-file="a/../../b"}', "must name a file in the folder"),
    ('html {data-file="a\\b"}', "must name a file in the folder"),
    ('html {data-file="C:a"}', "must name a file in the folder"),
    ('html {data-file="."}', "must name a file in the folder"),
    ("python run", "write python {.run}"),
    ("python run hide", "write python {.run .hide}"),
    ("python .run", "write python {.run}"),
    ("python{.run}", "write python {.run}"),
    ("python{.run", "write python {.run}"),
    ("python {.run", "write python {.run}"),
    ("python .run}", "write python {.run}"),
    ('python title="a" {.run}', 'write python {.run title="a"}'),
    ('title="a" {.run}', 'write {.run title="a"}'),
    ('python {.run} title="a b"', 'write python {.run title="a b"}'),
    ('python file="a b"', 'write python {file="a b"}'),
    ('python hl_lines="a"', "has to be in braces"),
    ("py!thon", "is neither a language nor an option"),
]  # fmt: skip


@pytest.mark.parametrize(("info", "message"), BAD, ids=[info for info, _ in BAD])
def test_what_is_not(info: str, message: str) -> None:
    found = told(info)
    assert any(message in line for line in found), found
    assert all(line.startswith("docs/x.md:3: ") and ". Next: " in line for line in found)


def test_what_is_to_be_written_can_be_read() -> None:
    unread = [info for info, _ in BAD if not info_string.readable(info)]
    assert len(unread) > 10
    for info in unread:
        written = info_string.misread(info, HERE).next
        if written.startswith("write python"):
            assert info_string.readable(written.removeprefix("write "))


def test_what_is_wrong_sets_no_option() -> None:
    _, options, _ = parsed('console {.run data-exit="x" #No data-group="A B"}')
    assert options == Options(run=True)


SIGNS = st.sampled_from([*"abz-_.#{}=\"' :!<>`~0/\\\t", ".run", "python", "data-env=", 'title="a"'])


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.lists(SIGNS, max_size=12).map("".join))
def test_any_text_is_read_or_named(info: str) -> None:
    language, options, found = parsed(info)
    assert all(found)
    match = RE_NESTED_FENCE_START.match(f"~~~ {info.strip()}")
    if match is None or match["unrecognized"]:
        assert (language, options, len(found)) == ("", Options(), 1)
