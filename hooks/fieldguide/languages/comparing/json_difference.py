"""Two JSON documents compared by value: where they differ, and at which line of a text."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from . import lines, problems
from .line import ANYTHING
from .other import Other, part

Path = tuple[str | int, ...]
"""From the document's root to a value: keys and indices."""

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,]|[^\s{}\[\]:,"]+', re.DOTALL)


def difference(
    expected: Any, actual: Any, other: Other[Any] | None = None, path: Path = ()
) -> tuple[Path, str] | None:
    """Where the first difference is, and what it is; None for equal values.

    Numbers are equal by value, objects in any order; the string ``"..."`` is equal to anything,
    and other strings are compared as lines are. Where something is missing or too much, the path
    is that of what is expected, or of what surrounds it.
    """
    if expected == ANYTHING:
        return None
    if isinstance(expected, dict) and isinstance(actual, dict):
        return _of_objects(expected, actual, other, path)
    if isinstance(expected, list) and isinstance(actual, list):
        for index, (left, right) in enumerate(zip(expected, actual, strict=False)):
            if inner := difference(left, right, _member(other, list, index), (*path, index)):
                return inner
        if len(expected) == len(actual):
            return None
        return path, problems.list_length_differs(_name(path), len(expected), len(actual))
    if _equal(expected, actual, other):
        return None
    return path, problems.value_differs(_name(path), expected, actual)


def _of_objects(
    expected: dict[str, Any], actual: dict[str, Any], other: Other[Any] | None, path: Path
) -> tuple[Path, str] | None:
    for key, value in expected.items():
        member = (*path, key)
        if key not in actual:
            return member, problems.value_missing(_name(member), value)
        if inner := difference(value, actual[key], _member(other, dict, key), member):
            return inner
    for key, value in actual.items():
        if key not in expected:
            return path, problems.value_unexpected(_name((*path, key)), value)
    return None


def _member(other: Other[Any] | None, kind: type[Any], key: int | str) -> Other[Any] | None:
    """The same member of the other run's document; None where it has none, and so is found to
    differ itself."""

    def member(value: Any) -> Any:
        with contextlib.suppress(LookupError):
            if isinstance(value, kind):
                return value[key]
        return None

    return part(other, member)


def _equal(expected: Any, actual: Any, other: Other[Any] | None) -> bool:
    """JSON's equality, where true is not 1."""
    if isinstance(expected, str) and isinstance(actual, str):
        text = part(other, lambda value: value if isinstance(value, str) else None)
        return expected == actual or lines.fits(expected, actual, text)
    if isinstance(expected, bool) or isinstance(actual, bool):
        return expected is actual
    # Python writes NaN into JSON, the only value that is not equal to itself.
    return bool(expected == actual) or (expected != expected and actual != actual)


def _name(path: Path) -> str:
    """``items[0].name``; empty for the document itself."""
    name = ""
    for key in path:
        if isinstance(key, int):
            name += f"[{key}]"
        elif re.fullmatch(r"[\w-]+", key):
            name += f".{key}" if name else key
        else:
            name += f"[{json.dumps(key, ensure_ascii=False)}]"
    return name


def depth(value: Any) -> int:
    """How deeply lists and objects are nested."""
    level, deep = [value], 0
    while level := [item for item in level if isinstance(item, dict | list)]:
        deep += 1
        level = list(members(level))
    return deep


def members(level: Iterable[Any]) -> Iterator[Any]:
    """What the lists and objects among some values hold."""
    for item in level:
        if isinstance(item, dict | list):
            yield from item.values() if isinstance(item, dict) else item


def merged(expected: Any, actual: Any, other: Other[Any] | None = None) -> Any:
    """The actual value, with what still holds as it was expected: ``"..."``, order, dates."""
    if difference(expected, actual, other) is None:
        return expected
    if isinstance(expected, dict) and isinstance(actual, dict):
        kept = {
            key: merged(expected[key], actual[key], _member(other, dict, key))
            for key in expected
            if key in actual
        }
        return kept | {key: value for key, value in actual.items() if key not in expected}
    if isinstance(expected, list) and isinstance(actual, list):
        pairs = zip(expected, actual, strict=False)
        kept_items = [
            merged(left, right, _member(other, list, index))
            for index, (left, right) in enumerate(pairs)
        ]
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
