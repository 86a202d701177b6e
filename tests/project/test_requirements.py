"""What a snippet requires of its environment, against the lock and against what is installed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sample_jobs import ENVIRONMENT

from fieldguide.model import Location
from fieldguide.project import requirements

HERE = Location("snippets/routing/flask/cell.toml", 1)
LOCK = """\
flask==3.0.0 ; python_full_version < '3.12' \\
    --hash=sha256:0
flask==3.1.3 ; python_full_version >= '3.12' \\
    --hash=sha256:1
web-py==0.62 \\
    --hash=sha256:2
"""


def misused(root: Path, text: str) -> list[str]:
    (root / "environments").mkdir()
    (root / "environments/flask.txt").write_text(LOCK, "utf-8")
    return [p.message for p in requirements.misused(root, "flask", text, HERE)]


@pytest.mark.parametrize("text", ["flask>=3.1", "Flask<3.1", "flask==3.0.*"])
def test_what_some_pythons_have(tmp_path: Path, text: str) -> None:
    assert misused(tmp_path, text) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("flask", '"flask" cannot be read as the name of a distribution and its versions'),
        ("flask[async]>=3", '"flask[async]>=3" cannot be read'),
        ("flask>=3; python_version > '3'", "cannot be read"),
        ("flask >=> 3", "cannot be read"),
        ("flask>=3; " + "(" * 3000, "cannot be read"),
        ("falsk>=3", 'environments/flask.txt has no falsk (did you mean "flask"?)'),
        ("flask>=4", 'no Python has "flask>=4": environments/flask.txt pins 3.0.0 and 3.1.3'),
        ("flask>=3", 'every Python has "flask>=3"'),
        ("web.py>=0.6", 'every Python has "web.py>=0.6"'),
    ],
)
def test_what_says_nothing(tmp_path: Path, text: str, words: str) -> None:
    (message,) = misused(tmp_path, text)
    assert words in message


def test_a_missing_lock_has_a_problem_of_its_own(tmp_path: Path) -> None:
    assert list(requirements.misused(tmp_path, "flask", "flask>=3", HERE)) == []


def test_what_is_installed() -> None:
    assert requirements.missing("Flask>=3.1", ENVIRONMENT) == ""
    assert requirements.missing("flask>=4", ENVIRONMENT) == (
        "it requires flask>=4, and Python 3.13.0 has flask 3.1.3 here"
    )
    bare = replace(ENVIRONMENT, distributions=())
    assert requirements.missing("flask>=3", bare).endswith("has no flask here")
