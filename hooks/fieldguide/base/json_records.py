"""The records as JSON and back: one rule for all of them, read from their annotations."""

from __future__ import annotations

import functools
import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")


def to_json(value: Any) -> Any:
    """The value in what JSON has; a field that is its default or empty is left out."""
    if is_dataclass(value):
        given = _left_out(value.__class__)
        pairs = ((name, getattr(value, name)) for name in given)
        return {name: to_json(item) for name, item in pairs if item != given[name]}
    if isinstance(value, Mapping):
        return {name: to_json(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [to_json(item) for item in value]
    if isinstance(value, Path):
        return str(value)
    return value


def from_json(kind: type[T], value: Any) -> T:
    """A record of that kind; raises TypeError, ValueError or KeyError for anything else."""
    made: T = _reader(kind)(value)  # type: ignore[arg-type]  # a class is hashable
    return made


@cache
def _reader(kind: Any) -> Callable[[Any], Any]:
    """What reads a value of that kind, made once: there are thousands of values in a report."""
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        inner = _reader(next(one for one in get_args(kind) if one is not type(None)))
        return lambda value: None if value is None else inner(value)
    if origin is tuple:
        return _tuple_reader(get_args(kind))
    if origin is not None and issubclass(origin, Mapping):
        item = _reader(get_args(kind)[1])
        return lambda value: {name: item(one) for name, one in _expect(dict, value).items()}
    if is_dataclass(kind):
        return _record_reader(kind)  # type: ignore[arg-type]
    if isinstance(kind, type) and issubclass(kind, Enum | Path):
        return kind
    if kind is float:
        return lambda value: _expect(float, float(value) if isinstance(value, int) else value)
    return functools.partial(_expect, kind) if isinstance(kind, type) else lambda value: value


def _tuple_reader(kinds: tuple[Any, ...]) -> Callable[[Any], Any]:
    if kinds[-1] is Ellipsis:
        item = _reader(kinds[0])
        return lambda value: tuple([item(one) for one in _expect(list, value)])
    readers = [_reader(kind) for kind in kinds]
    return lambda value: tuple(
        [read(one) for read, one in zip(readers, _expect(list, value), strict=True)]
    )


def _record_reader(kind: type) -> Callable[[Any], Any]:
    readers = {name: _reader(hint) for name, hint in get_type_hints(kind).items()}
    empties = _empties(kind)

    def read(value: Any) -> Any:
        given = {name: readers[name](item) for name, item in _expect(dict, value).items()}
        return kind(**{**empties, **given})

    return read


def _expect(kind: type, value: Any) -> Any:
    if not isinstance(value, kind):
        raise TypeError(f"expected {kind.__name__}, got {type(value).__name__}")
    return value


def _empty(kind: Any) -> Any:
    """The empty value of a kind; None where there is none."""
    if kind is str:
        return ""
    if get_origin(kind) is tuple and get_args(kind)[-1] is Ellipsis:
        return ()
    return None


@cache
def _left_out(kind: type) -> dict[str, Any]:
    """What `from_json` gives each field where `to_json` left it out."""
    given: dict[str, Any] = {}
    for field in fields(kind):
        given[field.name] = field.default
        if field.default_factory is not MISSING:
            given[field.name] = field.default_factory()
    return {**given, **_empties(kind)}


@cache
def _empties(kind: type) -> dict[str, Any]:
    """The fields without a default that may be left out, each with what is empty of its kind."""
    needed = (f for f in fields(kind) if f.default is MISSING and f.default_factory is MISSING)
    hints = get_type_hints(kind)
    empties = {field.name: _empty(hints[field.name]) for field in needed}
    return {name: item for name, item in empties.items() if item is not None}
