"""The answers of probed frameworks that were accepted, in their file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fieldguide.base.problems import Problems
from fieldguide.results.answers.accepted import PATH, nearest, read, written


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project whose probes have no accepted answers."""
    (tmp_path / PATH).parent.mkdir()
    return tmp_path


@pytest.mark.parametrize(
    ("now", "then"),
    [("3.1", "3.1"), ("3.2", "3.1"), ("2.9", "3.0"), ("3.10", "3.9"), ("3.0.5", "3.0")],
)
def test_the_version_to_compare_with(now: str, then: str) -> None:
    assert nearest(["3.1", "3.0", "3.9"], now) == then
    assert nearest([], now) is None


def test_what_is_written_is_read(root: Path) -> None:
    known = {"flask": {"3.10": {"head": "405"}, "3.9": {"head": "200"}}, "bottle": {}}
    (root / PATH).write_text(written(known), "utf-8")
    collector = Problems()
    assert read(collector, root) == {"flask": known["flask"]}
    assert list(json.loads(written(known))["flask"]) == ["3.9", "3.10"]
    assert list(collector) == []


@pytest.mark.parametrize("content", ["[", "7", '{"flask": 7}', '{"flask": {"3": {"head": 7}}}'])
def test_damaged_answers_are_a_problem(root: Path, content: str) -> None:
    (root / PATH).write_text(content, "utf-8")
    collector = Problems()
    assert read(collector, root) == {}
    (problem,) = collector
    assert problem.location.path == PATH


def test_no_answers_are_none(root: Path) -> None:
    collector = Problems()
    assert read(collector, root) == {}
    assert list(collector) == []
