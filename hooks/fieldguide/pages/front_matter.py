"""The front matter of a page, and the prose below it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from ..base import bounds
from ..model import Location, Problem
from . import bound_problems, problems

_YAML = re.compile(r"-{3}[ \t]*\n(?P<data>.*?\n)(?:\.{3}|-{3})[ \t]*\n", re.DOTALL)
_META = re.compile(r" {0,3}(?P<key>[A-Za-z0-9_-]+):\s*(?P<value>.*)")
_MORE = re.compile(r"(?: {4}|\t)\s*(?P<value>.*)")


def _is_text(value: object) -> bool:
    return isinstance(value, str) and not re.search('[<>"]', value)


def _are_parts(value: object) -> bool:
    return isinstance(value, list) and all(part in _PARTS for part in value)


def _is_for_search(value: object) -> bool:
    return isinstance(value, dict) and all(
        (key == "exclude" and isinstance(said, bool))
        or (key == "boost" and isinstance(said, int | float))
        for key, said in value.items()
    )


_PARTS = ("navigation", "toc", "footer", "path")
_KEYS: dict[str, Callable[[object], bool]] = {
    "title": _is_text,
    "description": _is_text,
    "hide": _are_parts,
    "search": _is_for_search,
    "template": lambda value: value == "home.html",
}
"""What front matter may say. The theme writes it into the page as it is, opens what it names, and
has keys that make another page of it."""
_FORMS = {
    "title": 'text without <, > and "',
    "description": 'text without <, > and "',
    "hide": f"a list of {', '.join(_PARTS)}",
    "search": "exclude: true, or boost: a number",
    "template": "home.html",
}


def lines(text: str) -> int:
    """How many lines are front matter, the empty ones after it counted.

    YAML between lines of ``---``, or ``key: value`` lines until the first empty one.
    """
    return _read(text)[0]


def data(text: str) -> dict[str, Any]:
    """What the front matter says, by key; empty where there is none."""
    return _read(text)[1]


def misused(path: str, text: str) -> Iterator[Problem]:
    """What of the front matter would take too long to read, or more memory than there is."""
    import yaml

    match = _YAML.match(_newlined(text))
    try:
        for number, what in bounds.in_yaml(match["data"], _loader()) if match else ():
            yield bound_problems.front_matter_too_much(Location(path, number + 1), what)
    except yaml.YAMLError:
        return  # it is left on the page


def unfit(path: str, text: str) -> Iterator[Problem]:
    """What the theme would obey, or write into the page as markup."""
    count, values = _read(text)
    written = _newlined(text).split("\n")[:count]
    for key, value in values.items():
        start = re.compile(rf"\W*{re.escape(str(key))}\W*:", re.IGNORECASE)
        line = next((number for number, one in enumerate(written, 1) if start.match(one)), 1)
        if key not in _KEYS:
            yield problems.front_matter_unknown(Location(path, line), str(key), _KEYS)
        elif not _KEYS[key](value):
            yield problems.front_matter_unfit(Location(path, line), key, _FORMS[key])


def _read(text: str) -> tuple[int, dict[str, Any]]:
    text = _newlined(text)
    if match := _YAML.match(text):
        values = _mapping(match["data"])
        if values is None:
            return 0, {}
        end = match.end()
        return text.count("\n", 0, end) + _newlines(text[end:]), values
    count, written = _pairs(text)
    return count + _newlines("\n".join(text.split("\n")[count:])), written


def _pairs(text: str) -> tuple[int, dict[str, Any]]:
    """``key: value`` lines, with the empty one that ends them."""
    count, key = 0, ""
    values: dict[str, Any] = {}
    for line in text.split("\n"):
        if not line.strip():
            return count + 1, values
        if pair := _META.match(line):
            key, value = pair["key"].lower(), pair["value"].strip()
            values[key] = f"{values[key]} {value}" if key in values else value
        elif key and (more := _MORE.match(line)):
            values[key] += f" {more['value'].strip()}"
        else:
            break
        count += 1
    return count, values


def _newlines(text: str) -> int:
    return len(text) - len(text.lstrip("\n"))


def _newlined(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _mapping(text: str) -> dict[str, Any] | None:
    """What YAML says by key; None where it says anything else, which is left on the page."""
    import yaml

    try:
        if any(True for _ in bounds.in_yaml(text, _loader())):
            return None
        values = yaml.load(text, _loader())
    except Exception:
        return None
    return values if isinstance(values, dict) else None


def _loader() -> Any:
    import yaml  # here, because few pages have any

    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)
