"""Values of JSON documents: where they differ, and at which line of a text that is."""

from __future__ import annotations

import json
import re
from typing import Any

from . import lines
from .lines import ANYTHING

Path = tuple[str | int, ...]
"""From the document's root to a value: keys and indices."""

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,]|[^\s{}\[\]:,"]+', re.DOTALL)
_LONGEST = 80


def difference(expected: Any, actual: Any, path: Path = ()) -> tuple[Path, str] | None:
    """Where the first difference is, and what it is; None for equal values.

    Numbers are equal by value, objects in any order; the string ``"..."`` is equal to anything,
    and other strings are compared as lines are. Where something is missing or too much, the path
    is that of what is expected, or of what surrounds it.
    """
    if expected == ANYTHING:
        return None
    if isinstance(expected, dict) and isinstance(actual, dict):
        return _of_objects(expected, actual, path)
    if isinstance(expected, list) and isinstance(actual, list):
        for index, (one, other) in enumerate(zip(expected, actual, strict=False)):
            if found := difference(one, other, (*path, index)):
                return found
        if len(expected) == len(actual):
            return None
        said = f"expected {_items(len(expected))}, got {len(actual)}"
        return path, f"{_named(path)}{said}"
    if _equal(expected, actual):
        return None
    return path, f"{_named(path)}expected {_shown(expected)}, got {_shown(actual)}"


def _of_objects(
    expected: dict[str, Any], actual: dict[str, Any], path: Path
) -> tuple[Path, str] | None:
    for key, value in expected.items():
        here = (*path, key)
        if key not in actual:
            return here, f"{_named(here)}expected {_shown(value)}, got nothing"
        if found := difference(value, actual[key], here):
            return found
    for key, value in actual.items():
        if key not in expected:
            return path, f"{_named((*path, key))}expected nothing, got {_shown(value)}"
    return None


def _equal(expected: Any, actual: Any) -> bool:
    """JSON's equality, where true is not 1."""
    if isinstance(expected, str) and isinstance(actual, str):
        return expected == actual or lines.fits(expected, actual)
    if isinstance(expected, bool) or isinstance(actual, bool):
        return expected is actual
    # The one value that is not equal to itself, and Python writes it into JSON.
    return bool(expected == actual) or (expected != expected and actual != actual)


def _items(number: int) -> str:
    return f"{number} item" if number == 1 else f"{number} items"


def _named(path: Path) -> str:
    """``items[0].name: ``; nothing for the document itself."""
    name = ""
    for part in path:
        if isinstance(part, int):
            name += f"[{part}]"
        elif re.fullmatch(r"[\w-]+", part):
            name += f".{part}" if name else part
        else:
            name += f"[{json.dumps(part, ensure_ascii=False)}]"
    return f"{name}: " if name else ""


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]} ..."


def depth(value: Any) -> int:
    """How many lists and objects are in each other."""
    level, deep = [value], 0
    while level := [item for item in level if isinstance(item, dict | list)]:
        deep += 1
        level = [
            inner for item in level for inner in (item.values() if isinstance(item, dict) else item)
        ]
    return deep


def merged(expected: Any, actual: Any) -> Any:
    """The actual value, with what still holds as it was expected: ``"..."``, order, dates."""
    if difference(expected, actual) is None:
        return expected
    if isinstance(expected, dict) and isinstance(actual, dict):
        kept = {key: merged(expected[key], actual[key]) for key in expected if key in actual}
        return kept | {key: value for key, value in actual.items() if key not in expected}
    if isinstance(expected, list) and isinstance(actual, list):
        kept_items = [merged(one, other) for one, other in zip(expected, actual, strict=False)]
        return kept_items + actual[len(kept_items) :]
    return actual


def line_of(text: str, path: Path) -> int:
    """The line of a document that holds a value, from 0; the first one where it is not found.

    It is the line of the value's key, or of the value itself in a list.
    """
    stack: list[str | int | None] = []
    """The key or the index that each open object or list is at; None before a key."""
    for token in _TOKEN.finditer(text):
        mark = token[0]
        if mark in "}]":
            if stack:
                stack.pop()
            continue
        if mark == ",":
            if stack:
                top = stack[-1]
                stack[-1] = top + 1 if isinstance(top, int) else None
            continue
        if stack and stack[-1] is None and mark.startswith('"'):
            stack[-1] = json.loads(mark, strict=False)
        if tuple(stack) == path:
            return text.count("\n", 0, token.start())
        if mark == "{":
            stack.append(None)
        elif mark == "[":
            stack.append(0)
    return 0
