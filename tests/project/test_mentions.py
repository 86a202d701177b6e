"""A guide that names what is not there: the message, and the line."""

from __future__ import annotations

from pathlib import Path

import pytest
from sample_jobs import SNIPPET
from samples import FLASK

from fieldguide.model import Location
from fieldguide.pages.directives import Mention
from fieldguide.pages.includable import Includable
from fieldguide.project import mentions

HERE = Location("docs/a.md", 3)


def broken(root: Path, word: str, name: str) -> list[str]:
    mentioned = [Mention(word, name, HERE)]
    known = (["login"], {SNIPPET.id: SNIPPET}, {"flask": FLASK})
    problems = mentions.broken(Includable(root), mentioned, *known)
    return [problem.message for problem in problems]


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("snippets", "routing"),
        ("contract", "login"),
        ("snippet", "routing/flask"),
        ("framework", "flask"),
        ("totals", ""),
    ],
)
def test_what_there_is(tmp_path: Path, word: str, name: str) -> None:
    assert broken(tmp_path, word, name) == []


@pytest.mark.parametrize(
    ("word", "name", "words"),
    [
        ("snippets", "rooting", 'no concept "rooting" in snippets/ (did you mean "routing"?)'),
        ("snippet", "routing/falsk", 'no snippet "routing/falsk"'),
        ("framework", "falsk", 'no framework "falsk" in pyproject.toml (did you mean "flask"?)'),
        ("totals", "x", 'the directive "totals" takes no name'),
        ("include", "a.py", "the include names a.py"),
    ],
)
def test_what_there_is_not(tmp_path: Path, word: str, name: str, words: str) -> None:
    (message,) = broken(tmp_path, word, name)
    assert message.startswith(words)


def test_a_folder_that_cannot_be_read_has_problems_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "snippets/forms/flask").mkdir(parents=True)
    assert broken(tmp_path, "snippets", "forms") == []
    assert broken(tmp_path, "snippet", "forms/flask") == []
