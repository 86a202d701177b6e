"""The records as JSON and back: one rule for all of them, read from their annotations."""

from __future__ import annotations

import types
from collections.abc import Mapping
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
    made: T = _read(kind, value)
    return made


def _read(kind: Any, value: Any) -> Any:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        options = [option for option in get_args(kind) if option is not type(None)]
        return None if value is None else _read(options[0], value)
    if origin is tuple:
        _expect(list, value)
        inner = get_args(kind)
        if inner[-1] is Ellipsis:
            return tuple(_read(inner[0], item) for item in value)
        return tuple(_read(one, item) for one, item in zip(inner, value, strict=True))
    if origin is not None and issubclass(origin, Mapping):
        _expect(dict, value)
        return {name: _read(get_args(kind)[1], item) for name, item in value.items()}
    if is_dataclass(kind):
        _expect(dict, value)
        hints = _hints(kind)  # type: ignore[arg-type]  # a class of records is hashable
        empty = {name: item for name, item in _empties(kind).items() if name not in value}  # type: ignore[arg-type]
        return kind(**empty, **{name: _read(hints[name], item) for name, item in value.items()})  # type: ignore[operator]
    if isinstance(kind, type) and issubclass(kind, Enum | Path):
        return kind(value)
    if kind is float and isinstance(value, int):
        return float(value)
    if isinstance(kind, type):
        _expect(kind, value)
    return value


def _expect(kind: type, value: Any) -> None:
    if not isinstance(value, kind):
        raise TypeError(f"expected {kind.__name__}, got {type(value).__name__}")


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
    empties = {field.name: _empty(_hints(kind)[field.name]) for field in needed}
    return {name: item for name, item in empties.items() if item is not None}


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
