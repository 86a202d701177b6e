"""The records as JSON and back: one rule for all of them, read from their annotations."""

from __future__ import annotations

import functools
import json
import math
import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin, get_type_hints

from ..model.bounds import Bounds

T = TypeVar("T")
_SHOWN = 10**15
_NAME = 40
"""Characters of a name that are told."""


def to_json(value: Any) -> Any:
    """The value as JSON has it; a field that has its default or is empty is left out."""
    if is_dataclass(value):
        defaults = _defaults(value.__class__)
        pairs = ((name, getattr(value, name)) for name in defaults)
        return {name: to_json(item) for name, item in pairs if item != defaults[name]}
    if isinstance(value, Mapping):
        return {name: to_json(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [to_json(item) for item in value]
    if isinstance(value, Path):
        return str(value)
    return value


def from_json(record_type: type[T], value: Any) -> T:
    """A record of that type; raises TypeError or ValueError for anything else."""
    record: T = _reader(record_type)(value)  # type: ignore[arg-type]  # a class is hashable
    return record


def strict_loads(content: bytes) -> Any:
    """JSON of strangers: no number that is none, no key twice, nothing nested without end.

    Raises ValueError, which says what is wrong with it.
    """
    try:
        return json.loads(content, object_pairs_hook=_distinct, parse_constant=_refused)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a key stands there twice")
    return members


def _refused(constant: str) -> Any:
    raise ValueError(f"{constant} is no number")


@cache
def _reader(annotation: Any) -> Callable[[Any], Any]:
    """The function that reads values of that type. A report has thousands, so it is made once."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _bounded_reader(*get_args(annotation))
    if origin in (Union, types.UnionType):
        inner = _reader(next(option for option in get_args(annotation) if option is not type(None)))
        return lambda value: None if value is None else inner(value)
    if origin is tuple:
        return _tuple_reader(get_args(annotation))
    if origin is not None and issubclass(origin, Mapping):
        read = _reader(get_args(annotation)[1])
        return lambda value: {name: read(item) for name, item in _expect(dict, value).items()}
    if is_dataclass(annotation):
        return _record_reader(annotation)  # type: ignore[arg-type]
    if isinstance(annotation, type) and issubclass(annotation, Enum | Path):
        return annotation
    if annotation is float:
        return _number
    if isinstance(annotation, type):
        return functools.partial(_expect, annotation)
    return lambda value: value


def _bounded_reader(annotation: Any, bounds: Bounds) -> Callable[[Any], Any]:
    """Reads what keeps its bounds; a list that is too long is not read at all."""
    read, least, most = _reader(annotation), bounds.least, bounds.most
    kind = list if get_origin(annotation) is tuple else annotation

    def text(value: Any) -> Any:
        if type(value) is str and least <= len(value) <= most:
            return value
        raise _out_of(bounds, len(_expect(str, value)))

    def items(value: Any) -> Any:
        if type(value) is list and least <= len(value) <= most:
            return read(value)
        raise _out_of(bounds, len(_expect(list, value)))

    def number(value: Any) -> Any:
        known = read(value)
        if least <= known <= most:
            return known
        raise _out_of(bounds, known)

    return {str: text, list: items}.get(kind, number)


def _out_of(bounds: Bounds, size: float) -> ValueError:
    return ValueError(f"expected from {bounds.least} to {bounds.most}, got {_size(size)}")


def _size(size: float) -> str:
    """A number as far as it can be shown: Python shows none of thousands of digits."""
    return str(size) if abs(size) < _SHOWN else "far more" if size > 0 else "far less"


def _number(value: Any) -> float:
    if type(value) not in (int, float) or not math.isfinite(value):
        raise TypeError(f"expected a number, got {type(value).__name__}")
    return float(value)


def _tuple_reader(annotations: tuple[Any, ...]) -> Callable[[Any], Any]:
    if annotations[-1] is Ellipsis:
        read_item = _reader(annotations[0])
        return lambda value: tuple([read_item(item) for item in _expect(list, value)])
    readers = [_reader(annotation) for annotation in annotations]
    return lambda value: tuple(
        [read(item) for read, item in zip(readers, _expect(list, value), strict=True)]
    )


def _record_reader(record_type: type) -> Callable[[Any], Any]:
    hints = get_type_hints(record_type, include_extras=True)
    readers = {name: _reader(hint) for name, hint in hints.items()}
    empties = _empties(record_type)

    def read(value: Any) -> Any:
        members, name = dict(empties), ""
        items = _expect(dict, value).items()
        try:
            for name, item in items:
                members[name] = readers[name](item)
        except KeyError:
            raise ValueError(f"unknown: {name[:_NAME]!r}") from None
        except (TypeError, ValueError, OverflowError) as error:
            raise ValueError(f"{name}: {error}") from None
        return record_type(**members)

    return read


def _expect(expected: type, value: Any) -> Any:
    if type(value) is expected:
        return value
    if not isinstance(value, expected) or isinstance(value, bool):
        raise TypeError(f"expected {expected.__name__}, got {type(value).__name__}")
    return value


def _empty(annotation: Any) -> Any:
    """The empty value of a type; None where it has none."""
    if get_origin(annotation) is Annotated:
        annotation, bounds = get_args(annotation)
        if bounds.least > 0:
            return None
    if annotation is str:
        return ""
    if get_origin(annotation) is tuple and get_args(annotation)[-1] is Ellipsis:
        return ()
    return None


@cache
def _defaults(record_type: type) -> dict[str, Any]:
    """The value of each field that `to_json` leaves out; MISSING where it never does."""
    defaults: dict[str, Any] = {}
    for field in fields(record_type):
        defaults[field.name] = field.default
        if field.default_factory is not MISSING:
            defaults[field.name] = field.default_factory()
    return {**defaults, **_empties(record_type)}


@cache
def _empties(record_type: type) -> dict[str, Any]:
    """The fields without a default that may be left out, each with the empty value of its type."""
    hints = get_type_hints(record_type, include_extras=True)
    empties = {
        field.name: _empty(hints[field.name])
        for field in fields(record_type)
        if field.default is MISSING and field.default_factory is MISSING
    }
    return {name: item for name, item in empties.items() if item is not None}
