"""The account of a page: the fate of each fence, its name, its group."""

from __future__ import annotations

import pytest
from bounded import processor
from tea_shop import PAGE

from fieldguide.base.problems import Problems
from fieldguide.environments.interpreters import BARE
from fieldguide.model import Entry, Fate, Group, Location
from fieldguide.pages.account import account, groups
from fieldguide.pages.fences.scan import scan


def include(name: str) -> tuple[str, str] | None:
    """A project with one file that pages may include."""
    if name.partition(":")[0] == "greeting/flask/app.py":
        return "snippets/greeting/flask/app.py", "# --8<-- [start:route]\nx\n# --8<-- [end:route]\n"
    return None


def accounted(text: str) -> tuple[tuple[Entry, ...], list[str]]:
    """The entries of a page, and the messages of its problems."""
    collector = Problems()
    entries = account(collector, scan("docs/notes.md", text, include).fences, ())
    return entries, [problem.message for problem in collector]


def grouped(text: str) -> tuple[list[Group], list[str]]:
    """The groups of a page that can run, and why the others cannot."""
    collector, entries = Problems(), accounted(text)[0]
    known = groups(collector, entries, {"flask", "bottle"}, {"greeting/flask": None})
    return list(known), [problem.message for problem in collector]


def test_each_kind_is_accounted_for() -> None:
    entries, problems = accounted(PAGE)
    assert problems == []
    assert [(entry.fate, entry.id, entry.check) for entry in entries] == [
        (Fate.RUN, "notes#shop", "python-1"),
        (Fate.RUN, "notes#shop", ""),
        (Fate.RUN, "notes#shop", "price"),
        (Fate.RUN, "notes#shop", "price"),
        (Fate.RUN, "notes#shop", "http-1"),
        (Fate.RUN, "notes#pycon-1", "pycon-1"),
        (Fate.NOT_RUN, "", ""),
        (Fate.SHOWN, "", ""),
        (Fate.TEXT, "", ""),
    ]
    assert entries[6].reason == "it would send mail"


def test_code_without_a_reason_is_unaccounted_for() -> None:
    entries, (problem,) = accounted("```python\nprint(1)\n```\n")
    assert entries[0].fate is Fate.UNACCOUNTED
    assert "this python fence is neither run nor shown from a snippet" in problem


def test_one_mistake_is_told_once() -> None:
    collector = Problems()
    page = scan("docs/a.md", "```python {.runs}\n1\n```\n")
    assert [problem.location for problem in page.problems] == [Location("docs/a.md", 1)]
    entries = account(collector, page.fences, {Location("docs/a.md", 1)})
    assert entries[0].fate is Fate.UNACCOUNTED
    assert list(collector) == []


def test_code_beside_a_snippet_is_not_shown_from_it() -> None:
    text = '```python\n--8<-- "greeting/flask/app.py:route"\nprint("more")\n```\n'
    entries, _ = accounted(text)
    assert entries[0].fate is Fate.UNACCOUNTED


def test_an_include_that_is_missing_has_a_problem_of_its_own() -> None:
    collector = Problems()
    fences = scan("docs/a.md", '```python\n--8<-- "nothing.py"\n```\n').fences
    (entry,) = account(collector, fences, {Location("docs/a.md", 2)})
    assert (entry.fate, list(collector)) == (Fate.UNACCOUNTED, [])
    account(collector, fences, ())
    assert len(list(collector)) == 1, "nobody else has told of it"


def test_names_are_each_fences_own() -> None:
    entries, problems = accounted(
        "```python {.run}\n1\n```\n\n```python {#python-1 .run}\n2\n```\n"
    )
    assert [entry.check for entry in entries] == ["python-2", "python-1"]
    assert not problems


def test_a_name_is_given_once() -> None:
    fence = "```python {#a .run}\n1\n```\n\n"
    assert accounted(fence * 2)[1] == ['a second fence or group of this page is called "a"']


@pytest.mark.parametrize("between", ["", "Text.\n\n", "```python {.run .hide}\n2\n```\n\n"])
def test_an_output_is_of_the_fence_before_it(between: str) -> None:
    text = f"```python {{#a .run}}\n1\n```\n\n{between}```text {{.output}}\n1\n```\n"
    entries, problems = accounted(text)
    hidden = ".hide" in between
    assert (entries[-1].check, problems) == ("python-1" if hidden else "a", [])


@pytest.mark.parametrize("before", ["", "```json\n1\n```\n\n", "```console {.run}\n$ a\n```\n\n"])
def test_an_output_of_nothing(before: str) -> None:
    _, (problem,) = accounted(f"{before}```text {{.output}}\n1\n```\n")
    assert problem == "an expected output without the code that prints it"


def test_a_file_of_no_group() -> None:
    _, (problem,) = accounted('```html {data-file="a.html"}\n1\n```\n')
    assert problem == "a.html is written for no other fence: it has no group"


# Groups


def python(options: str) -> str:
    return f'```python {{.run data-group="g" {options}}}\n1\n```\n\n'


def test_a_group_has_the_environment_that_one_of_its_fences_names() -> None:
    (group,), problems = grouped(python("") + python('data-env="flask"'))
    assert (group.id, group.env, group.app, len(group.entries)) == ("notes#g", "flask", "", 2)
    assert problems == []


def test_a_fence_of_no_environment_runs_in_the_bare_python() -> None:
    (group,), _ = grouped("```python {.run}\n1\n```\n")
    assert group.env == BARE


def test_what_answers_a_group_names_its_environment() -> None:
    text = '```http {.run data-app="greeting/flask"}\nGET / HTTP/1.1\n\nHTTP/1.1 200 OK\n```\n'
    (group,), _ = grouped(text)
    assert (group.env, group.app) == ("flask", "greeting/flask")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (python('data-env="flask"') + python('data-env="bottle"'), "more than one data-env"),
        (python('data-env="rails"'), 'data-env="rails" names no framework'),
        (
            '```http {.run data-app="greeting/rails"}\nGET / HTTP/1.1\n\nHTTP/1.1 200 OK\n```\n',
            'no snippet "greeting/rails" in snippets/',
        ),
        ('```html {data-file="a" data-group="g"}\n1\n```\n', "the group g writes files, and"),
        (
            '```http {.run data-app="greeting/flask" data-group="g"}\n'
            "GET / HTTP/1.1\n\nHTTP/1.1 200 OK\n```\n\n" + python('data-env="bottle"'),
            "more than one environment",
        ),
    ],
)
def test_a_group_that_cannot_run(text: str, words: str) -> None:
    runnable, (problem,) = grouped(text)
    assert runnable == []
    assert words in problem


def test_many_fences_get_their_names() -> None:
    [fence] = scan("docs/a.md", "```python {.run}\npass\n```\n").fences
    with processor():
        entries = account(Problems(), [fence] * 20_000, ())
    assert [entries[0].check, entries[-1].check] == ["python-1", "python-20000"]
