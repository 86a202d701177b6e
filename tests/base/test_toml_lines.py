"""The line of every key of a TOML file, in whatever way the file is written."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
import toml_files
from hypothesis import given
from hypothesis import strategies as st

from fieldguide.base import toml_lines

ROOT = Path(__file__).parents[2]


def at(text: str, *keys: str) -> int | None:
    return toml_files.parsed(text.encode("utf-8")).at(*keys).line


@pytest.mark.parametrize(
    ("text", "keys", "expected"),
    [
        ("[a]\nb = 1\n", ["a"], 1),
        ("[a]\nb = 1\n", ["a", "b"], 2),
        ("[a]\nb = 1\n", ["a", "c"], 1),
        ("[a]\n[b]\nc = 1\n", ["a", "c"], 1),
        ('# x\n[ "a" . b ] # y\n', ["a", "b"], 2),
        ("[ab]\n[a.b]\n", ["a", "b"], 2),
        ("a = 1\nb = 2\n", ["b"], 2),
        ("a = {}\n", ["a"], 1),
        ("a = 1\n", ["b"], None),
        ("", ["a"], None),
        ("a = 1\n", [], None),
        # What looks like a table, or like a key, within a value.
        ('[a]\nb = [\n["a"],\n]\nc = 1\n', ["a", "c"], 5),
        ('[a]\nb = [\n[\n"]"], # ]\n]\nc = 1\n', ["a", "c"], 6),
        ('[a]\nb = """\nc = 2\n[d]\n"""\nc = 1\n', ["a", "c"], 6),
        ("[a]\nb = '''\nc = 2\n[d]\n'''\nc = 1\n", ["a", "c"], 6),
        ('a = """x\\"""\nb = 2\n"""\nb = 1\n', ["b"], 4),
        ('a = """x"""""\nb = 1\n', ["b"], 2),
        ('a = """"""\nb = 1\n', ["b"], 2),
        ('a = [{ c = 1 },\n{ c = "]" }]\nc = 1\n', ["c"], 3),
        ("# a = 1\na = 1 # [b]\nb = 2\n", ["b"], 3),
        ('a = "\\\\"\nb = "#"\nc = 1\n', ["c"], 3),
        ("a = 2026-11-30 12:00:00\nb = 1\n", ["b"], 2),
        # Tables in other ways.
        ("a = { b = 1, c = { d = 2 } }\n", ["a", "c", "d"], 1),
        ("[a]\nb.c = 1\nb.d = 2\n", ["a", "b", "d"], 3),
        ("[a.b]\n[c]\n[a]\n", ["a"], 3),
        ("[a.b]\n[a.c]\n", ["a"], 1),
        ("[[a]]\nb = 1\n[[a]]\nc = 1\n", ["a"], 1),
        ("[[a]]\nb = 1\n[[a]]\nc = 1\n", ["a", "c"], 4),
        # Keys.
        ('[a]\n"b.c" = 1\n', ["a", "b.c"], 2),
        ('[a]\n"b\\u0063" = 1\n', ["a", "bc"], 2),
        ("[a]\n'b\"c' = 1\n", ["a", 'b"c'], 2),
        ('["a.b"]\n"]" = 1\n"=" = 2\n', ["a.b", "="], 3),
        # Ends of lines.
        ("a = 1\r\n\r\nb = [\r\n]\r\nc = 1", ["c"], 5),
        ('a = "\u2028"\nb = 1\n', ["b"], 2),
    ],
)
def test_the_line_of_a_key(text: str, keys: list[str], expected: int | None) -> None:
    assert at(text, *keys) == expected


_names = st.text("ab.-]=#\"' é\\", max_size=4) | st.sampled_from(["a", "b", "c-d", "1"])
_texts = st.text("a\n\"'\\#[]{}=,\t \r", max_size=12)
_scalars = st.integers(-9, 9) | st.booleans() | st.floats(0, 9) | _texts
_arrays = st.recursive(_scalars, lambda items: st.lists(items, max_size=3), max_leaves=6)
_tables = st.recursive(
    st.dictionaries(_names, _arrays, max_size=3),
    lambda tables: st.dictionaries(_names, _arrays | tables, max_size=4),
    max_leaves=8,
)
_noise = st.sampled_from(["", "", "\n", "# [a]\n", '#"""\n', "  # a = 1\n\n", "\t"])


class Writer:
    """Writes a document in ways that are drawn, and notes the line of each key as it does."""

    def __init__(self, draw: Any) -> None:
        self.draw = draw
        self.text = ""
        self.lines: dict[tuple[str, ...], int] = {}

    @property
    def line(self) -> int:
        return self.text.count("\n") + 1

    def coin(self) -> bool:
        return bool(self.draw(st.booleans()))

    def table(self, keys: tuple[str, ...], table: dict[str, Any]) -> None:
        """Values first, then the tables under headers of their own."""
        later = []
        for name, value in table.items():
            if isinstance(value, dict) and self.coin():
                later.append((name, value))
            else:
                self.text += self.draw(_noise)
                self.pair(keys, name, value)
                self.text += self.draw(st.sampled_from(["\n", " # b = 1\n", "\n\n"]))
        for name, value in later:
            path = (*keys, name)
            self.text += self.draw(_noise)
            self.lines[path] = self.line
            self.text += f"[{' . '.join(map(self.key, path))}]\n"
            self.table(path, value)

    def pair(self, keys: tuple[str, ...], name: str, value: Any) -> None:
        self.lines[(*keys, name)] = self.line
        self.text += f"{self.key(name)} = "
        self.value((*keys, name), value)

    def value(self, keys: tuple[str, ...], value: Any) -> None:
        if isinstance(value, dict):
            self.text += "{ "
            for number, (name, inner) in enumerate(value.items()):
                self.text += ", " if number else ""
                self.pair(keys, name, inner)
            self.text += " }"
        elif isinstance(value, list):
            self.text += "["
            for item in value:
                self.text += self.draw(st.sampled_from(["", "\n", "\n# ]\n", "\n\t"]))
                self.value(keys, item)
                self.text += self.draw(st.sampled_from([",", " ,\n", "\n,"]))
            self.text += "]"
        elif isinstance(value, str):
            self.text += self.string(value)
        else:
            self.text += json.dumps(value)

    def string(self, value: str) -> str:
        if "\r" not in value and self.coin():
            if "'''" not in value and not value.endswith("'") and self.coin():
                return f"'''\n{value}'''"
            escaped = value.replace("\\", "\\\\").replace('"""', '""\\"')
            return f'"""\n{escaped}"""'
        return json.dumps(value)

    def key(self, name: str) -> str:
        if name and all(
            letter.isascii() and (letter.isalnum() or letter in "-_") for letter in name
        ):
            return name
        if "'" not in name and self.coin():
            return f"'{name}'"
        return json.dumps(name)


@given(data=_tables, draw=st.data())
def test_every_key_of_any_document_has_its_line(data: dict[str, Any], draw: st.DataObject) -> None:
    writer = Writer(draw.draw)
    writer.table((), data)
    assert tomllib.loads(writer.text) == data, writer.text
    assert toml_lines.lines(writer.text) == writer.lines, writer.text


def test_the_lines_of_the_files_that_are_here() -> None:
    files = [ROOT / "pyproject.toml", *(ROOT / "snippets").rglob("*.toml")]
    files += (ROOT / "probes").glob("*.toml")
    assert len(files) > 20
    for path in files:
        document = toml_files.parsed(path.read_bytes())
        lines = document.text.split("\n")
        for key, value in document.data.items():
            assert key in lines[(document.at(key).line or 0) - 1]
            for inner in value if isinstance(value, dict) else ():
                assert inner in lines[(document.at(key, inner).line or 0) - 1]
