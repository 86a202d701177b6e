"""YAML files: their data as JSON would have it, and the line of each value."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fieldguide.base.problems import Problems
from fieldguide.reading import yaml_file


def write(root: Path, text: str | bytes) -> Path:
    content = text if isinstance(text, bytes) else text.encode("utf-8")
    (root / "a.yml").write_bytes(content)
    return root


def read(root: Path) -> yaml_file.Document:
    """A file that has no problem."""
    collector = Problems()
    document = yaml_file.read(collector, root, "a.yml")
    assert list(collector) == []
    assert document is not None
    return document


def test_a_date_and_a_no_stay_text(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("day: 2026-11-26\nanswer: no\nsure: true\nnumber: 7\n", "utf-8")
    assert read(tmp_path).data == {
        "day": "2026-11-26", "answer": "no", "sure": True, "number": 7,
    }  # fmt: skip


def test_a_value_knows_its_line(tmp_path: Path) -> None:
    text = "first:\n  - id: a\n    names:\n      - x\n      - y\nsecond: {z: 1}\n"
    document = read(write(tmp_path, text))
    places = {
        ("first", 0, "id"): 2,
        ("first", 0, "names", 1): 5,
        ("second", "z"): 6,
        ("first", 0, "missing"): 2,
        (): 1,
    }
    for keys, line in places.items():
        assert document.at(*keys).line == line, keys


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 1, "this file holds nothing"),
        ("a: [1\n", 2, "this is not YAML"),
        ("a: 1\nb: 2\na: 3\n", 3, '"a" stands twice in this entry'),
        ("a: &x [1]\nb: *x\n", 1, "used a second time through an alias"),
        ("a: \x01\n", 1, "this is not YAML"),
        (b"a: 1\nb: \xff\n", 2, "UTF-8"),
    ],
    ids=["empty", "open", "twice", "alias", "control", "latin-1"],
)
def test_what_cannot_be_read(tmp_path: Path, text: str | bytes, line: int, message: str) -> None:
    collector = Problems()
    assert yaml_file.read(collector, write(tmp_path, text), "a.yml") is None
    (problem,) = collector
    assert message in problem.message
    assert problem.location.line == line


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    collector = Problems()
    assert yaml_file.read(collector, tmp_path, "a.yml") is None
    (problem,) = collector
    assert "No such file" in problem.message


def test_each_misshaped_value_is_told_once_at_its_line(tmp_path: Path) -> None:
    schema = tmp_path / "schema.json"
    properties = {
        "level": {"enum": ["easy", "hard"], "description": "how hard"},
        "title": {"type": "string", "minLength": 3, "pattern": "^[A-Z]"},
    }
    schema.write_text(
        json.dumps(
            {
                "description": "a thing",
                "properties": properties,
                "required": ["title"],
                "additionalProperties": False,
            }
        )
    )
    document = read(write(tmp_path, "level: x\ntitel: Abc\n"))
    told = {
        (keys, problem.location.line): problem.message
        for keys, problem in yaml_file.misshaped(document, schema)
    }
    assert told[(("level",), 1)] == '"level" is "x"'
    assert told[((), 2)] == 'unknown field "titel" (did you mean "title"?)'
    assert told[((), 1)] == 'this entry has no "title"'
    both = read(write(tmp_path, "title: a\n"))
    assert [keys for keys, _ in yaml_file.misshaped(both, schema)] == [("title",)]
