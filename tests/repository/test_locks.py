"""The locks that lie in the repository: one an environment, pinned and hashed."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FRAMEWORKS = tuple(
    tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["fieldguide"]["frameworks"]
)
LOCKS = sorted((ROOT / "environments").glob("*.txt"))


def test_every_framework_has_a_lock_and_every_lock_a_framework() -> None:
    assert {path.stem for path in LOCKS} == {*FRAMEWORKS, "site", "bench"}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.stem)
def test_a_lock_is_pinned_and_hashed_and_holds_no_address(lock: Path) -> None:
    text = lock.read_text("utf-8")
    assert "://" not in text
    assert " @ " not in text
    for requirement in re.split(r"\n(?=\S)", text.strip()):
        assert re.match(r"[a-z0-9.-]+==\S+", requirement)
        assert "--hash=sha256:" in requirement


def test_django_has_a_release_for_3_11_and_a_newer_one() -> None:
    lock = (ROOT / "environments/django.txt").read_text("utf-8")
    assert re.search(r"^django==5\.2\.\d+ ; python_full_version < '3\.12'", lock, re.M)
    assert re.search(r"^django==[67]\S* ; python_full_version >= '3\.12'", lock, re.M)
