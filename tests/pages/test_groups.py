"""Groups of fences: their steps in order, what cannot be read in them, their digest."""

from __future__ import annotations

import base64
from dataclasses import replace

import pytest
from sample_jobs import SNIPPET, groups_of

from fieldguide.languages.python import PYTHON
from fieldguide.model import Fence, Location, Options
from fieldguide.pages import groups

PAGE = """\
```html {data-file="a/b.html" data-group="g"}
<p>
```

```python {#two .run data-group="g"}
print(2)
```

```text {.output}
2
```
"""


def fence(**changes: object) -> Fence:
    entry = groups_of(PAGE)["notes#g"].entries[1]
    return replace(entry.fence, **changes)  # type: ignore[arg-type]


def test_an_output_belongs_to_the_step_before_it() -> None:
    steps = list(groups.steps(groups_of(PAGE)["notes#g"]))
    assert [
        (entry.fence.language, output.fence.source if output else None) for entry, output in steps
    ] == [
        ("html", None),
        ("python", "2"),
    ]


def test_a_check_a_fence_that_is_run() -> None:
    (check,) = groups.checks(groups_of(PAGE)["notes#g"])
    assert (check.name, check.claim) == ("two", "python fence")
    assert check.location == Location("docs/notes.md", 5, 7)


def test_what_the_worker_is_told() -> None:
    first, second = (entry.fence for entry, _ in groups.steps(groups_of(PAGE)["notes#g"]))
    file = groups.step(first, "")
    assert (file["kind"], file["path"]) == ("file", "a/b.html")
    assert base64.b64decode(file["content"]) == b"<p>\n"
    assert groups.step(second, "") == {
        "kind": "python",
        **PYTHON.step("print(2)", second.options),
    }


@pytest.mark.parametrize(("number", "line"), [(0, 6), (-3, 6), (9, 6)])
def test_a_line_outside_is_the_nearest(number: int, line: int) -> None:
    assert groups.line(fence(), number) == Location("docs/notes.md", line)


def test_an_empty_fence_has_the_place_of_its_marks() -> None:
    empty = fence(lines=(), source="")
    assert groups.line(empty, 0) == empty.location


def test_what_cannot_be_read_is_told_at_its_line() -> None:
    group = groups_of("```console {.run}\n$ echo 'a\n```\n")["notes#console-1"]
    (problem,) = groups.misread(group)
    assert problem.location.path == "docs/notes.md"
    assert problem.location.line == 2
    assert problem.next


def test_the_digest_is_of_what_the_page_shows() -> None:
    group = groups_of(PAGE)["notes#g"]
    known = {SNIPPET.id: SNIPPET}
    digest = groups.digest(group, known)
    assert digest == groups.digest(replace(group, location=Location("docs/notes.md", 99)), known)
    first, *rest = group.entries
    other = replace(first, fence=replace(first.fence, options=Options(file="c.html", group="g")))
    assert digest != groups.digest(replace(group, entries=(other, *rest)), known)
    answered = replace(group, app=SNIPPET.id)
    changed = {SNIPPET.id: replace(SNIPPET, files={"app.py": b"other\n"})}
    assert groups.digest(answered, known) != groups.digest(answered, changed)


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("random.py", "in the place of the module random"),
        ("random/__init__.py", "in the place of the module random"),
        ("flask.py", "in the place of the module flask"),
        ("main.py", "is the file that the Python of this group runs from"),
        ("random.txt", None),
        ("random/other.py", None),
        ("templates/random.py", None),
        ("app.py", None),
        ("random", None),
    ],
)
def test_no_file_takes_the_place_of_a_module(file: str, said: str | None) -> None:
    text = PAGE.replace("a/b.html", file)
    problems = list(groups.shadowing(groups_of(text)["notes#g"], {"flask"}))
    assert [said in problem.message for problem in problems if said] == [True] * bool(said)
    assert bool(problems) is (said is not None)


def test_only_python_runs_from_a_file_of_its_own() -> None:
    text = PAGE.replace("a/b.html", "main.py").replace("python {#two", "console {#two")
    text = text.partition("```text")[0].replace("print(2)", "$ python main.py")
    assert list(groups.shadowing(groups_of(text)["notes#g"], ())) == []
