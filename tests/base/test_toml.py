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
        (b"a = 1\nb = " + b"[" * 100_000, "f.toml:2: more than 30 lists and tables are open here."),
        (b"a = 1\n\n[" + b"a." * 20 + b"a]\n", "f.toml:3: this key has more than 20 parts."),
        (b"a = 1\n" + b"b." * 60_000 + b"b = 1", "f.toml:2: this key has more than 20 parts."),
        (b"a = [1,\n  -" + b"9" * 10_000 + b"]", "f.toml:2: this number has more than 100 digits."),
        (b"a = 0x" + b"f" * 10_000, "f.toml:1: this number has more than 100 digits."),
        (b"a.b = 1\n" * 200_000, "f.toml: this file has more than 131,072 bytes."),
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
