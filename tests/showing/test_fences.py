"""Fences of a page with their proof: Markdown in, facts of the HTML out."""

from __future__ import annotations

import logging
import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from textwrap import indent
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from samples import HOSTILE, inline_results, leave, report

from fieldguide.model import Failure, Location, Outcome, Result
from fieldguide.project.collect import collect
from fieldguide.showing import kept
from fieldguide.showing.html import fence_line

SITE = Path(__file__).parents[1] / "sites" / "proven"
PAGE = "docs/concepts/x.md"
NAMES = (
    *("fieldguide", "admonition", "attr_list", "def_list", "footnotes", "md_in_html"),
    *("pymdownx.details", "pymdownx.highlight", "pymdownx.superfences", "pymdownx.tabbed"),
)
FAILURE = Failure(Location(PAGE, 4), 'expected "b", got "a"', expected="b", actual="a")
VOID = {"input", "br", "hr", "img"}


class Facts(HTMLParser):
    """The tags of a page with their classes and texts; fails where one is not closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.code = ""
        self.text = ""
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.attributes += [(name, value or "") for name, value in attributes]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.attributes += [(name, value or "") for name, value in attributes]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data
        if "pre" in self.open:
            self.code += data

    @property
    def classes(self) -> set[str]:
        return {one for name, value in self.attributes if name == "class" for one in value.split()}


class Relpath(Treeprocessor):
    """Tells the page's path, as MkDocs does."""

    file = SimpleNamespace(src_uri=PAGE.removeprefix("docs/"), abs_src_path=None)


class Site:
    """A miniature project whose only page has fences."""

    def __init__(self, root: Path, patch: pytest.MonkeyPatch) -> None:
        self.root = root
        self.collected = 0
        collect = kept.collect

        def collected(root: Path) -> Any:
            self.collected += 1
            return collect(root)

        patch.setattr(kept, "collect", collected)

    def verify(
        self,
        text: str,
        failures: Mapping[str, Failure] | None = None,
        change: Callable[[Result], Result] = lambda result: result,
    ) -> None:
        """Leave results for the page as verifying would."""
        self.write(text)
        results = map(change, inline_results(collect(self.root), PAGE, failures))
        leave(self.root, report(*results))

    def write(self, text: str) -> None:
        (self.root / PAGE).write_text(text, "utf-8")

    def convert(self, text: str, *names: str, told: bool = True, **configs: Any) -> str:
        every = {
            "pymdownx.tabbed": {"alternate_style": True},
            "fieldguide": {"root": str(self.root)},
        }
        md = Markdown(extensions=names or NAMES, extension_configs={**every, **configs})
        if told:
            md.treeprocessors.register(Relpath(md), "relpath", 0)
        return md.convert(text)

    def show(self, text: str, failures: Mapping[str, Failure] | None = None) -> str:
        self.verify(text, failures)
        html = self.convert(text)
        Facts(html)
        return html


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    root = tmp_path / "project"
    shutil.copytree(SITE, root, ignore=shutil.ignore_patterns(".fieldguide"))
    return Site(root, monkeypatch)


def fence(info: str, source: str = "print(1)") -> str:
    return f"```{info}\n{source}\n```\n"


RUN = fence('python {.run data-env="flask"}')


def test_code_that_ran_has_one_quiet_line(site: Site) -> None:
    plain = site.convert(fence("python"))
    assert site.show(RUN) == (
        f'<div class="fg-fence">{plain}'
        '<p class="fg-ran fg-ran--passed" data-search-exclude>'
        '<span class="fg-badge">Ran</span> <span>Flask 3.1.3, Python 3.13.0</span></p></div>'
    )
    assert "<span>Python 3.13.0</span>" in site.show(fence("python {.run}"))


def test_nothing_of_the_info_string_is_left_but_what_the_site_reads(site: Site) -> None:
    info = (
        'python {#forms .run .mine title="a.py" hl_lines="1" data-env="flask" data-group="g" '
        'data-raises="E" data-async="1" data-exit="3" data-theirs="x"}'
    )
    facts = Facts(site.show(fence(info)))
    told = [(name, value) for name, value in facts.attributes if name.startswith("data-")]
    assert told == [("data-theirs", "x"), ("data-search-exclude", "")]
    assert ("id", "forms") in facts.attributes
    assert {"mine", "hll", "filename"} < facts.classes
    assert not {"run", "norun", "hide", "output"} & facts.classes
    assert "a.py" in facts.text
    assert "raised E" in facts.text
    assert "ended with status 3" in facts.text


PLACES = {
    "alone": lambda text: text,
    "a tab": lambda text: '=== "One"\n\n' + indent(text, "    "),
    "a second tab": lambda text: '=== "One"\n\n    one\n\n=== "Two"\n\n' + indent(text, "    "),
    "a list": lambda text: "1.  one\n\n" + indent(text, "    ") + "\n2.  two\n",
    "a list in a list": lambda text: "-   a\n\n    -   b\n\n" + indent(text, " " * 8),
    "an admonition": lambda text: "!!! note\n\n" + indent(text, "    "),
    "a folded one": lambda text: "??? note\n\n" + indent(text, "    "),
    "a tab in a list in a note": lambda text: (
        '!!! note\n\n    1.  a\n\n        === "T"\n\n' + indent(text, " " * 12)
    ),
    "a quotation": lambda text: indent(text, "> ", lambda line: True),
    "a definition": lambda text: "Term\n\n:   what it is\n\n" + indent(text, "    "),
    "a footnote": lambda text: (
        "A.[^1]\n\n[^1]: Note.\n\n" + indent(f"{text.rstrip()}\n\nLast.", "    ")
    ),
    "HTML": lambda text: '<div class="mine" markdown>\n\n' + text + "\n</div>\n",
    "a paragraph": lambda text: "before\n" + text + "behind\n",
}
"""Where a fence may stand."""


@pytest.mark.parametrize("place", PLACES)
def test_a_fence_may_stand_anywhere(site: Site, place: str) -> None:
    text = PLACES[place](RUN + "\n" + fence("text {.output}", "1")) + "\nAfter.\n"
    html = site.show(text) if place != "a paragraph" else (site.verify(text), site.convert(text))[1]
    assert html.count("fg-ran--passed") == 1
    assert html.count("fg-output__label") == 1
    assert html.index("fg-ran--passed") < html.index("fg-output__label")
    assert "```" not in html


@pytest.mark.parametrize("place", PLACES)
def test_a_hidden_fence_leaves_nothing(site: Site, place: str) -> None:
    hidden = fence('python {.run .hide #here data-env="flask"}', "secret = 1")
    text, without = PLACES[place]("Text.\n\n" + hidden), PLACES[place]("Text.\n\n")
    site.verify(text)
    html = site.convert(text)
    assert re.sub(r"\s+", "", html) == re.sub(r"\s+", "", site.convert(without))


@pytest.mark.parametrize(
    "text",
    [
        fence("python {.run .hide}") * 2,
        fence("python {.run .hide}") + fence("text {.output .hide}"),
        fence("http {.run .hide}", "GET / HTTP/1.1\n\nHTTP/1.1 200 OK"),
        fence("console {.run .hide}", "$ ls"),
        fence("html {.hide data-file='a.html'}", "<p>"),
        fence("python {.hide}"),
    ],
)
def test_hidden_fences_alone_make_an_empty_page(site: Site, text: str) -> None:
    assert site.show(text) == ""
    site.verify("")
    assert site.convert(text) == ""


def test_fences_without_a_blank_line_between_them_make_no_empty_paragraph(site: Site) -> None:
    hidden = fence("python {.run .hide}", "a = 1")
    html = site.show(RUN + hidden + fence("text {.output}", "1") + RUN)
    assert "<p><div" not in html
    assert html.count('<div class="fg-fence') == 3


def test_output_is_labelled_and_not_copied(site: Site) -> None:
    html = site.show(RUN + "\n" + fence("text {.output}", "201 <b>"))
    _, _, output = html.partition("</p></div>\n")
    assert output.startswith(
        '<div class="fg-fence fg-output no-copy"><p class="fg-output__label">Output</p>'
        '<div class="highlight"><pre>'
    )
    assert "201 &lt;b&gt;" in output
    assert "fg-ran" not in output


def test_code_that_is_not_run_says_why(site: Site) -> None:
    html = site.show(fence("python {.norun data-reason='needs `mail` & \"time\" <b>'}"))
    assert (
        '<p class="fg-ran fg-ran--norun" data-search-exclude><span class="fg-badge">Not verified'
        "</span>: needs <code>mail</code> &amp; &quot;time&quot; &lt;b&gt;</p></div>"
    ) in html
    assert "data-reason" not in html
    assert "Not verified</span></p>" in site.show(fence("python {.norun}"))
    both = site.show(fence("python {.run .norun data-reason='slow'}"))
    assert "fg-ran--passed" not in both
    assert "Not verified</span>: slow" in both


def test_a_reason_is_known_from_the_account_where_the_site_reads_no_attributes(site: Site) -> None:
    text = fence('python {.norun data-reason="slow"}')
    site.verify(text)
    html = site.convert(text, "fieldguide", "pymdownx.superfences")
    assert "Not verified</span>: slow" in html


def test_code_without_a_result_names_the_command(site: Site) -> None:
    site.write(RUN)
    html = site.convert(RUN)
    assert "fg-ran--unverified" in html
    assert "<code>fieldguide verify docs/concepts/x.md</code>" in html
    untold = site.convert(RUN, told=False)
    assert "<code>fieldguide verify</code>" in untold


def test_changed_code_has_no_proof(site: Site) -> None:
    site.verify(RUN)
    assert "fg-ran--passed" in site.convert(RUN)
    changed = RUN.replace("print(1)", "print(2)")
    assert "fg-ran--unverified" in site.convert(changed)
    site.write(changed)
    html = site.convert(changed)
    assert "fg-ran--stale" in html
    site.write(f"A word before.\n\n{RUN}")
    assert "fg-ran--passed" in site.convert(f"A word before.\n\n{RUN}")


def test_a_fence_that_a_passed_group_did_not_have_is_stale(site: Site) -> None:
    site.verify(RUN, change=lambda result: replace(result, checks=()))
    html = site.convert(RUN)
    assert "fg-ran--stale" in html
    assert "The code changed since it ran; run <code>fieldguide verify" in html


def test_a_failure_stands_open_where_the_code_stands(site: Site) -> None:
    html = site.show(RUN + "\n" + fence("text {.output}", "b"), {"print": FAILURE})
    assert (
        '<div class="fg-ran fg-ran--failed" data-search-exclude><p><span class="fg-badge">' in html
    )
    assert "<details" not in html
    assert '<p class="fg-failure__message">expected &quot;b&quot;, got &quot;a&quot;</p>' in html
    assert "<code>docs/concepts/x.md:4</code>" in html
    assert "Ran" not in html


def test_a_hidden_fence_that_failed_shows_its_failure_alone(site: Site) -> None:
    html = site.show(fence("python {.run .hide}", "secret = 1"), {"secret": FAILURE})
    assert "fg-failure__message" in html
    assert "secret" not in html


def test_a_group_runs_in_its_order(site: Site) -> None:
    info = 'python {.run data-group="g" data-env="flask"}'
    hidden = info.replace(".run", ".run .hide")
    text = fence(hidden, "a = 0") + fence(info, "a = 1") + fence(info, "a = 2") + RUN
    html = site.show(text)
    assert html.count("fg-ran--passed") == 3
    assert html.count("<span>after the code above</span>") == 1
    assert html.index("fg-ran--passed") < html.index("after the code above")
    html = site.show(text, {"a = 1": FAILURE})
    states = re.findall(r"fg-ran--([a-z-]+)", html)
    assert states == ["failed", "skipped", "passed"]
    assert "An earlier fence of its group did not hold." in html


def test_a_group_that_did_not_run_says_why(site: Site) -> None:
    def skipped(result: Result) -> Result:
        reason = "no environment <flask>"
        return replace(result, outcome=Outcome.SKIPPED, checks=(), reason=reason)

    def slow(result: Result) -> Result:
        return replace(result, outcome=Outcome.TIMED_OUT, checks=(), failure=FAILURE)

    site.verify(RUN, change=skipped)
    html = site.convert(RUN)
    assert "fg-ran--skipped" in html
    assert "no environment &lt;flask&gt;" in html
    site.verify(RUN, change=slow)
    html = site.convert(RUN)
    assert '<span class="fg-badge">timed out</span>' in html
    assert "expected &quot;b&quot;" in html


@pytest.mark.parametrize("run", ["", ".run "])
def test_a_file_of_a_group_has_its_name_and_no_proof(site: Site, run: str) -> None:
    text = fence(f'html {{{run}data-group="g" data-file="templates/a.html"}}', "<p>")
    html = site.show(text)
    assert '<span class="filename">templates/a.html</span>' in html
    assert "fg-ran" not in html
    named = site.show(text.replace("data-file", 'title="mine" data-file'))
    assert '<span class="filename">mine</span>' in named
    evil = site.show(fence("html {data-file='<img src=x>'}", "<p>"))
    assert '<span class="filename">&lt;img src=x&gt;</span>' in evil


HTTP = """\
POST /a?b=<c> HTTP/1.1
Content-Type: application/json

{"a": 1}

HTTP/1.1 201 Created
Content-Type: application/json

{"id": ...}

GET /a HTTP/1.1

HTTP/1.1 404 Not Found"""


def test_exchanges_are_requests_and_responses(site: Site) -> None:
    html = site.show(fence('http {.run #wire title="T" data-app="routing/flask"}', HTTP))
    assert html.count('<div class="fg-exchange no-copy">') == 2
    assert html.count("fg-exchange__request") == html.count("fg-exchange__response") == 2
    assert "<span>routing/flask</span> <span>Flask 3.1.3, Python 3.13.0</span>" in html
    assert '<div class="fg-exchanges" id="wire">' in html
    assert '<span class="filename">T</span>' in html
    assert "&lt;c&gt;" in html
    assert "&lt;i&gt;" in site.show(fence("http {.run title='<i>'}", HTTP))
    code = Facts(html).code
    assert code.replace("\n", "") == HTTP.replace("\n", "")


@pytest.mark.parametrize(
    ("info", "source"), [("http", HTTP), ("http {.run}", "GET / HTTP/1.1"), ("http {.run}", "x")]
)
def test_other_http_is_a_block_as_ever(site: Site, info: str, source: str) -> None:
    html = site.show(fence(info, source))
    assert site.convert(fence("http", source)) in html
    assert "fg-exchange" not in html


def test_a_session_is_copied_without_prompts_and_output(site: Site) -> None:
    html = site.show(fence("pycon {.run}", ">>> a = '<\"&'\n>>> a\n'x'"))
    assert 'data-copy="a = &#x27;&lt;&quot;&amp;&#x27;&#10;a"' in html
    assert "fg-ran--passed" in html
    html = site.show(fence("console {.norun}", "(.venv) $ ls\na.py"))
    assert ("data-copy", "ls") in Facts(html).attributes
    assert '<span class="gp">$ </span>' in html
    assert "data-copy" not in site.show(fence("console", "no prompt"))


def test_the_same_code_twice_is_two_fences(site: Site) -> None:
    one, two = fence("python {.run}"), fence('python {.run data-env="flask"}')
    text = f"<!--\n{one}-->\n\n" + fence("text", "print(1)")
    html = site.show(one + two + fence("text", "print(1)"))
    assert re.findall(r"<span>([^<]*Python 3.13.0)", html) == [
        "Python 3.13.0",
        "Flask 3.1.3, Python 3.13.0",
    ]
    commented = f"<!--\n{two}-->\n\n{two}"
    site.verify(commented)
    assert "fg-ran--passed" in site.convert(commented).partition("-->")[2]
    assert "fg-ran--passed" not in site.show(text).partition("-->")[2]


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    source=st.lists(
        st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=20)
        | st.sampled_from(
            ["</code></pre></div>", "<p>", "&amp;", "wzxhzdk:0", "::: totals", "$ x"]
        ).filter(lambda line: not line.strip().startswith("```")),
        min_size=1,
        max_size=5,
    ).map("\n".join),
    info=st.sampled_from(
        (
            *("python {.run}", "pycon {.run}", "console {.run}", "http {.run}"),
            *("text {.output}", "python {.norun data-reason='x'}"),
        )
    ),
)
def test_code_stays_the_code_that_was_written(site: Site, source: str, info: str) -> None:
    if "```" in source:
        return
    plain = Facts(site.convert(fence(info.partition(" ")[0], source)))
    shown = Facts(site.convert(fence(info, source)))
    assert shown.code == plain.code
    assert (
        not shown.classes
        - plain.classes
        - {
            *("fg-fence", "fg-ran", "fg-ran--unverified", "fg-ran--norun", "fg-badge"),
            *("fg-output", "fg-output__label", "no-copy"),
        }
    )


def test_nothing_from_a_result_gets_out(site: Site) -> None:
    failure = Failure(Location(HOSTILE), HOSTILE, HOSTILE, HOSTILE, traceback=HOSTILE)
    site.verify(
        RUN, {"print": failure}, lambda result: replace(result, versions={"python": HOSTILE})
    )
    html = site.convert(RUN)
    Facts(html)
    assert "<img" not in html
    assert "<script" not in html
    assert "\x02" not in html
    assert html.count("&lt;img") == 6


def test_what_is_no_code_of_ours_stays_as_it_is(site: Site) -> None:
    diagram = {
        "custom_fences": [
            {"name": "mermaid", "class": "mermaid", "format": "fence_code_format"},
        ]
    }
    from pymdownx.superfences import fence_code_format  # type: ignore[import-untyped]

    diagram["custom_fences"][0]["format"] = fence_code_format
    text = fence("mermaid {.run}", "a") + fence("python", "a") + "\n    ```python {.run}\n    ```\n"
    with_ours = site.convert(text, **{"pymdownx.superfences": diagram})
    names = [name for name in NAMES if name != "fieldguide"]
    without = Markdown(
        extensions=names, extension_configs={"pymdownx.superfences": diagram}
    ).convert(text)
    assert 'class="mermaid run"' in with_ours
    assert re.sub(r"</?p>", "", with_ours) == re.sub(r"</?p>", "", without)


def test_the_sites_own_formatter_for_every_language_is_kept(site: Site) -> None:
    def mine(source: str, language: str, *rest: Any, classes: list[str], **more: Any) -> str:
        return f"<pre class='{' '.join(classes)}'>{language}: {more['attrs']}</pre>"

    own = {"custom_fences": [{"name": "*", "class": "", "format": mine}]}
    site.verify(RUN)
    html = site.convert(RUN, **{"pymdownx.superfences": own})
    assert "<pre class=''>python: {}</pre><p class=\"fg-ran fg-ran--passed\"" in html


@pytest.mark.parametrize(
    "names",
    [
        ("fieldguide",),
        ("fieldguide", "fenced_code"),
        ("fieldguide", "fenced_code", "codehilite", "attr_list"),
        ("fieldguide", "pymdownx.superfences"),
        ("pymdownx.superfences", "fieldguide", "attr_list"),
        ("pymdownx.highlight", "pymdownx.superfences", "attr_list", "fieldguide"),
    ],
)
def test_other_hosts_have_their_code(site: Site, names: tuple[str, ...]) -> None:
    html = site.convert("Before.\n\n" + RUN + "\nAfter.", *names, told=False)
    assert "print" in html
    assert html.endswith("<p>After.</p>")


def test_without_pygments_there_is_proof_too(site: Site) -> None:
    text = fence('python {.run data-group="g"}') + fence("pycon {.run}", ">>> 1")
    site.verify(text)
    html = site.convert(text, **{"pymdownx.highlight": {"use_pygments": False}})
    assert html.count("fg-ran--passed") == 2
    assert "data-group" not in html
    assert 'data-copy="1"' in html


def test_outside_of_a_project_there_is_no_proof(tmp_path: Path, site: Site) -> None:
    html = site.convert(RUN, fieldguide={"root": str(tmp_path)})
    assert "fg-ran--unverified" in html


def test_a_fault_of_ours_leaves_the_code(
    site: Site, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> str:
        raise KeyError("oops")

    site.verify(RUN)
    monkeypatch.setattr(fence_line, "ran", broken)
    with caplog.at_level(logging.WARNING, logger="mkdocs.fieldguide"):
        html = site.convert(RUN)
    assert html == site.convert(fence("python"))
    (record,) = caplog.records
    assert record.getMessage() == (
        "docs/concepts/x.md: a fence cannot be shown with its proof (KeyError: 'oops'). "
        "Next: report this with the page's source."
    )


def test_a_broken_project_leaves_the_code(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    (site.root / "pyproject.toml").write_text("[", "utf-8")
    with caplog.at_level(logging.WARNING, logger="mkdocs.fieldguide"):
        assert site.convert(RUN) == site.convert(fence("python"))
    assert len(caplog.records) == 1
    assert "pyproject.toml" in caplog.records[0].getMessage()


def test_a_page_is_converted_again_as_it_was(site: Site) -> None:
    info = 'python {.run data-group="g"}'
    text = fence(info, "a = 1") + fence(info, "a = 2")
    site.verify(text)
    md = Markdown(extensions=NAMES, extension_configs={"fieldguide": {"root": str(site.root)}})
    md.treeprocessors.register(Relpath(md), "relpath", 0)
    first = md.convert(text)
    assert first.count("fg-fence") == 2
    assert md.reset().convert(text) == first


def test_the_project_is_collected_once_for_all_fences(site: Site) -> None:
    text = "\n".join(fence("python {.run}", f"a = {number}") for number in range(20))
    site.verify(text)
    for _ in range(3):
        assert site.convert(text).count("fg-ran--passed") == 20
    assert site.collected == 1
    site.write(text + "\n" + RUN)
    assert "fg-ran--unverified" in site.convert(text + "\n" + RUN)
    assert site.collected == 2
    (site.root / PAGE).unlink()
    site.convert(RUN * 3)
    site.convert(RUN * 3)
    assert site.collected == 3
