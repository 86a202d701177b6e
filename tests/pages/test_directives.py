"""Directives and includes of a page, each at its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldguide.base.problems import Problems
from fieldguide.pages import directives, page_files


def test_a_directive_in_a_fence_is_text(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    page = "::: totals\n\n- a\n\n    ````md\n    ```\n    ::: contract a\n    ```\n    ````\n"
    (tmp_path / "docs" / "a.md").write_text(page + '\n```py\n--8<-- "x.py:y"\n```\n', "utf-8")
    [(path, text)] = page_files.read(Problems(), tmp_path)
    found = directives.mentions(path, text)
    assert [(mention.word, mention.name, mention.location.line) for mention in found] == [
        ("totals", "", 1),
        ("include", "x.py:y", 12),
    ]


def mentioned(text: str) -> list[tuple[str, str, int | None]]:
    mentions = directives.mentions("docs/a.md", text)
    return [(mention.word, mention.name, mention.location.line) for mention in mentions]


def test_every_mention_at_its_line() -> None:
    text = '---\ntitle: a\n---\n::: snippets routing\n\n> ::: totals\n\n--8<-- "a/b/app.py:route"\n'
    assert mentioned(text) == [
        ("snippets", "routing", 4),
        ("totals", "", 6),
        ("include", "a/b/app.py:route", 8),
    ]


@pytest.mark.parametrize("line", [":::totals", "text ::: totals", ":: totals", ';--8<-- "a.py"'])
def test_what_is_no_mention(line: str) -> None:
    assert mentioned(f"{line}\n") == []


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("::: snippets routing", ""),
        ("::: totals", ""),
        ('--8<-- "a.py"', ""),
        ("::: snippts routing", 'unknown directive "snippts" (did you mean "snippets"?)'),
        ("::: snippets", 'the directive "snippets" needs a name'),
        ("::: totals routing", 'the directive "totals" takes no name'),
    ],
)
def test_a_misused_directive(line: str, words: str) -> None:
    (mention,) = directives.mentions("docs/a.md", line)
    messages = [problem.message for problem in directives.misused(mention)]
    assert messages == ([words] if words else [])
