"""TOML files: what cannot be read has a place, and a table that is none is empty."""

from __future__ import annotations

import pytest
import toml_files

from fieldguide.base import toml
from fieldguide.base.problems import Problems, line
from fieldguide.model import Location


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"a = 1\nb = \xff\n", "f.toml:2: "),
        (b"a = 1\n\nb = = 1\n", "f.toml:3: this is not TOML: "),
        (b'a = """\n', "f.toml:2: this is not TOML: "),
        (b"\xef\xbb\xbfa = 1\n", "f.toml:1: "),
        (b"a = " + b"[" * 100_000, "f.toml: this is not TOML: "),
    ],
)
def test_what_cannot_be_read_has_a_place(content: bytes, expected: str) -> None:
    collector = Problems()
    assert toml.parse(collector, content, "f.toml") is None
    (problem,) = collector
    assert line(problem).startswith(expected)


def test_a_table_that_is_none_is_empty() -> None:
    document = toml_files.parsed(b"[a.b]\nc = 1\n")
    assert document.table("a", "b") == {"c": 1}
    assert document.table("a", "b", "c") == {}
    assert document.table("a", "x", "c") == {}
    assert document.at("a", "b", "c") == Location("f.toml", 2)
