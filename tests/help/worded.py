"""Every function of a problems module, called once with plain arguments."""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType, NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest

from fieldguide.base.problems import line
from fieldguide.model import Defect, Location, Mismatch, Problem, Raised

AT = Location("docs/concepts/routing.md", 7)
PLAIN: dict[Any, Any] = {
    str: "word",
    int: 3,
    float: 2.5,
    bytes: b"word",
    Path: Path("word"),
    Any: {"a": 1},
    Location: AT,
    Defect: Defect("KeyError: 'x'", AT),
    Raised: Raised(("ValueError",), "ValueError: no such item", 2, 1, "Traceback ..."),
}


def sentences(module: ModuleType) -> list[Any]:
    """The module's own public functions, as parameters of a test."""
    functions = inspect.getmembers(module, inspect.isfunction)
    return [
        pytest.param(function, id=name)
        for name, function in functions
        if function.__module__ == module.__name__ and not name.startswith("_")
    ]


def spoken(function: Any) -> Any:
    """What the function gives for plain arguments."""
    hints = get_type_hints(function)
    parameters = inspect.signature(function).parameters.values()
    positional = [_plain(hints[p.name]) for p in parameters if p.kind is not p.KEYWORD_ONLY]
    keywords = {p.name: _plain(hints[p.name]) for p in parameters if p.kind is p.KEYWORD_ONLY}
    return function(*positional, **keywords)


def _plain(hint: Any) -> Any:
    if hint in PLAIN:
        return PLAIN[hint]
    if get_origin(hint) in (Union, UnionType):
        return _plain(next(inner for inner in get_args(hint) if inner is not NoneType))
    if issubclass(get_origin(hint), Iterable):
        return [_plain(get_args(hint)[0])] * 2
    raise TypeError(f"no plain argument for {hint}")


def holds_together(problem: Problem) -> None:
    """Where, a message and a next act, in one line and without stops of their own."""
    assert problem.location.path
    ends_well(problem.message)
    ends_well(problem.next)
    assert "\n" not in line(problem)


def mismatch_holds_together(mismatch: Mismatch) -> None:
    """A line, a message and, if any, a next act without stops."""
    assert mismatch.line >= -1
    ends_well(mismatch.message)
    if mismatch.next:
        ends_well(mismatch.next)


def ends_well(text: str) -> None:
    """Words without a stop at their end; ``...`` and ``" ...`` are none."""
    assert text.strip() == text != ""
    assert not text.endswith(".") or text.endswith("...")
