"""Every function that words something, called: what a person is told, and whether it is whole."""

from __future__ import annotations

import inspect
import itertools
from collections.abc import Callable
from enum import EnumType
from pathlib import Path
from types import ModuleType, NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest

from fieldguide.base.bounds import TooMuch
from fieldguide.base.problems import line
from fieldguide.languages.grammar.problems import SourceError
from fieldguide.model import Defect, Deviation, Limits, Location, Mismatch, Problem, Raised

AT = Location("docs/page.md", 7)
VALUES: dict[Any, tuple[Any, ...]] = {
    str: ("word",),
    int: (0, 1, 3),
    float: (3.0,),
    bool: (True, False),
    bytes: (b"word",),
    object: ("word",),
    Any: ({"word": 1},),
    Path: (Path("word"),),
    Exception: (ValueError("word"),),
    OSError: (OSError(13, "word"),),
    NoneType: (None,),
    TooMuch: (TooMuch.NESTING, TooMuch.KEYS, TooMuch.DIGITS),  # YAML alone has the others
    Location: (AT,),
    Limits: (Limits(),),
    Problem: (Problem(AT, "something is amiss", "put it right"),),
    Defect: (Defect("KeyError: 'x'", AT),),
    Deviation: (Deviation("test_a", "it cannot", AT, "https://a.example", (404,), "404"),),
    Raised: (Raised(("ValueError",), "ValueError: no such item", 2, 1, "Traceback ..."),),
}
"""For a parameter of each type; for several of a type, and for one of several, see `_values`."""


def sentences(*modules: ModuleType) -> list[Any]:
    """The public functions of modules as the parameters of a test, by their names."""
    return [
        pytest.param(function, id=name)
        for module in modules
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
    ]


def worded(function: Callable[..., Any]) -> list[Any]:
    """What a function gives for every combination of values of its parameters."""
    hints = get_type_hints(function)
    names = list(inspect.signature(function).parameters)
    combinations = itertools.product(*(_values(hints[name]) for name in names))
    return [function(**dict(zip(names, values, strict=True))) for values in combinations]


def _values(hint: Any) -> tuple[Any, ...]:
    if hint in VALUES:
        return VALUES[hint]
    if get_origin(hint) in (Union, UnionType):
        return tuple(value for inner in get_args(hint) for value in _values(inner))
    if isinstance(hint, EnumType):
        return tuple(hint)
    return ([value for value in _values(get_args(hint)[0]) for _ in "ab"],)


def whole(told: Any) -> None:
    """Fails unless what a person is told has all its parts, and none of them a stop of its own."""
    if isinstance(told, Problem):
        assert told.location.path
        assert told.severity in ("error", "warning")
        assert "\n" not in line(told)
    elif isinstance(told, Mismatch):
        assert told.line >= -1
    elif isinstance(told, SourceError):
        assert told.line >= 0
    if isinstance(told, str):
        for part in told.split(". Next: "):
            _ends_well(part)
    elif told is not None:
        _ends_well(told.message)
        if not isinstance(told, Mismatch) or told.next:
            _ends_well(told.next)


def _ends_well(text: str) -> None:
    """Words without a stop at their end; ``...`` and ``" ...`` are none."""
    assert text.strip() == text != ""
    assert not text.endswith((".", ";")) or text.endswith("...")
