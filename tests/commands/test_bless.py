"""`fieldguide bless`: what is rewritten, and every byte that is not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from blessing import PAGE, Replayed, bless, write

from fieldguide.base.problems import ProblemError
from fieldguide.base.writing import changes
from fieldguide.commands import bless as commands_bless


@pytest.fixture
def root(make_project: Callable[..., Path]) -> Path:
    return make_project()


@pytest.fixture(scope="module")
def replayed() -> Replayed:
    return Replayed()


@pytest.fixture
def page_root(root: Path, replayed: Replayed, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project for `PAGE` with other expectations; its code runs once for all of these tests."""
    monkeypatch.setattr(commands_bless, "verify", replayed.verify)
    return root


WRONG = {
    "an output": ("tea 3\n", "tea 4\n"),
    "a line too much": ("tea 3\n", "tea 3\nsugar\n"),
    "a line too few": ("tea 3\nmilk\n", "tea 3\n"),
    "a transcript": ("    two\n", "    three\n"),
    "a doctest": ("> 4\n", "> 5\n"),
    "a doctest of several lines": ("> a\n>\n> b\n", "> a\n"),
    "a status": ("200 OK", "201 Created"),
    "a header": ("charset=utf-8", "charset=latin-1"),
    "a body": ("Hello, Ada!\n```", "Hello, Eve!\n```"),
}


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"], ids=["plain", "bom"])
def test_everything_wrong_is_put_right_and_nothing_else(
    page_root: Path, newline: str, bom: bytes
) -> None:
    wrong = PAGE
    for right, changed in WRONG.values():
        if changed.replace(right, "") != "":
            wrong = wrong.replace(right, changed, 1)
    assert wrong != PAGE
    path = write(page_root, wrong, newline, bom)
    done = bless(page_root, "docs/notes.md", "--yes")
    assert done.exit_code == 0, done.output
    assert path.read_bytes() == bom + PAGE.replace("\n", newline).encode("utf-8")
    assert bless(page_root, "docs/notes.md").output.endswith(
        "Everything that came is as expected.\n"
    )


@pytest.mark.parametrize("name", WRONG)
def test_one_wrong_thing_is_shown_and_asked_for(page_root: Path, name: str) -> None:
    right, changed = WRONG[name]
    path = write(page_root, PAGE.replace(right, changed, 1))
    before = path.read_bytes()
    assert before != PAGE.encode()

    refused = bless(page_root, "docs/notes.md", answer="n\n")
    assert refused.exit_code == 1
    assert "--- docs/notes.md" in refused.output
    assert "Nothing was written." in refused.output
    assert path.read_bytes() == before

    unanswered = bless(page_root, "docs/notes.md")
    assert unanswered.exit_code == 1
    assert path.read_bytes() == before

    assert bless(page_root, "docs/notes.md", answer="y\n").exit_code == 0
    assert path.read_bytes() == PAGE.encode()


def test_code_that_runs_is_blessed(root: Path) -> None:
    path = write(root, PAGE.replace("tea 3\n", "tea 4\n"))
    done = bless(root, "docs/notes.md", "--yes")
    assert (done.exit_code, path.read_text("utf-8")) == (0, PAGE)


def test_code_that_fails_is_not_blessed(root: Path) -> None:
    page = PAGE.replace("tea 3\n", "tea 4\n").replace("echo one; echo two", "echo one; false")
    path = write(root, page)
    done = bless(root, "docs/notes.md", "--yes")
    assert done.exit_code == 1
    assert "docs/notes.md:18: notes#shop: " in done.output
    assert "Nothing is accepted while the code itself fails." in done.output
    assert path.read_text("utf-8") == page


@pytest.mark.parametrize(
    "code",
    [
        'raise ValueError("no")',
        "import os; os._exit(0)",
        "import threading; threading.Thread(target=lambda: 1 / 0).start()",
    ],
)
def test_neither_is_code_that_raises_or_ends(root: Path, code: str) -> None:
    page = f"```python {{.run}}\nprint(1)\n{code}\n```\n\n```text {{.output}}\n2\n```\n"
    path = write(root, page)
    done = bless(root, "docs/notes.md", "--yes")
    assert done.exit_code == 1
    assert "Nothing is accepted" in done.output
    assert path.read_text("utf-8") == page


def test_dots_and_what_differs_from_run_to_run_stay(root: Path) -> None:
    page = """\
```python {.run}
import time

start = time.perf_counter()
print("started at", object())
for number in range(9):
    print("line", number)
print("took", f"{time.perf_counter() - start:.9f} s of 86400.0 s")
print("changed")
```

```text {.output}
started at <object object at 0x7f0000000000>
...
line 8
took 0.29 s of 86400.0 s
wrong
```
"""
    path = write(root, page)
    assert bless(root, "notes", "--yes").exit_code == 0
    assert path.read_text("utf-8") == page.replace("wrong\n", "changed\n")


def test_a_wrong_constant_is_put_right_and_what_differs_beside_it_stays(root: Path) -> None:
    page = """\
```python {.run}
print(object())
print("2026-11-24")
```

```text {.output}
<object object at 0x7f0000000000>
2026-11-25
```
"""
    path = write(root, page)
    assert bless(root, "notes", "--yes").exit_code == 0
    assert path.read_text("utf-8") == page.replace("-25\n", "-24\n")


def test_what_no_second_run_repeats_is_not_accepted(root: Path) -> None:
    page = """\
```python {.run}
import os

print("2026-11-24", os.environ["PYTHONHASHSEED"])
```

```text {.output}
2026-11-24 9
```

```console {.run}
$ echo 2026-11-24 $TZ
2026-11-24 9
```
"""
    path = write(root, page)
    done = bless(root, "docs/notes.md", "--yes")
    assert done.exit_code == 1
    assert path.read_text("utf-8") == page
    for line in (7, 11):
        told = f"docs/notes.md:{line}: what came is not the same in a second run, with another "
        assert told in done.output


def test_an_included_page_is_changed_where_it_stands(root: Path) -> None:
    text = "```pycon\n>>> 1 + 1\n3\n```\n"
    (root / "GUIDE.md").write_text(text, "utf-8")
    page = write(root, '--8<-- "GUIDE.md"\n')
    assert bless(root, "docs/notes.md", "--yes").exit_code == 0
    assert (root / "GUIDE.md").read_text("utf-8") == text.replace("3", "2")
    assert page.read_text("utf-8") == '--8<-- "GUIDE.md"\n'


def test_output_that_would_end_its_fence_is_refused(root: Path) -> None:
    page = "```python {.run}\nprint('a\\n```\\nb')\n```\n\n```text {.output}\nx\n```\n"
    path = write(root, page)
    done = bless(root, "docs/notes.md", "--yes")
    assert done.exit_code == 1
    assert "docs/notes.md:5: what came holds the marks of a fence" in done.output
    assert path.read_text("utf-8") == page
    longer = page.replace("```text", "````text").replace("x\n```", "x\n````")
    write(root, longer)
    assert bless(root, "docs/notes.md", "--yes").exit_code == 0
    assert path.read_text("utf-8") == longer.replace("x\n````", "a\n```\nb\n````")


def test_a_doctest_that_raises_unexpectedly_is_refused(root: Path) -> None:
    page = "```pycon\n>>> 1 +\n2\n```\n"
    path = write(root, page)
    done = bless(root, "docs/notes.md", "--yes")
    assert done.exit_code == 1
    assert path.read_text("utf-8") == page


def test_a_page_that_changed_meanwhile_is_left_alone(page_root: Path) -> None:
    path = write(page_root, PAGE.replace("tea 3\n", "tea 4\n", 1))
    path.chmod(0o640)
    blessing = commands_bless.bless(page_root, ["docs/notes.md"])
    path.write_text("Another edit.", "utf-8")
    with pytest.raises(ProblemError, match="changed meanwhile"):
        changes.write(page_root, blessing.changes)
    assert path.read_text("utf-8") == "Another edit."
    path.write_bytes(blessing.changes[0].old)
    changes.write(page_root, blessing.changes)
    assert path.read_text("utf-8") == PAGE
    assert path.stat().st_mode & 0o777 == 0o640
    assert [sibling.name for sibling in path.parent.iterdir() if sibling.name.startswith(".")] == []
