"""Bounds: there is no field that a worker's process fills without one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import is_dataclass
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import pytest

from fieldguide.languages.registry import LANGUAGES
from fieldguide.model import GroupRecord, JobRecord
from fieldguide.model.bounds import Bounds
from fieldguide.running.zygote import Ended


def unbounded(annotation: Any, seen: set[Any]) -> Iterator[Any]:
    """The texts, numbers and lists below a type that have no bounds, with where they are."""
    if get_origin(annotation) is Annotated:
        inner, bounds = get_args(annotation)
        assert isinstance(bounds, Bounds)
        for item in get_args(inner):  # of a list; a text or a number has none
            yield from unbounded(item, seen)
    elif is_dataclass(annotation):
        hints = get_type_hints(annotation, include_extras=True) if annotation not in seen else {}
        seen.add(annotation)
        for name, hint in hints.items():
            yield from ((annotation, name, *more) for more in unbounded(hint, seen))
    elif annotation in (str, int, float) or Ellipsis in get_args(annotation):
        yield (annotation,)
    else:
        for item in get_args(annotation):
            yield from unbounded(item, seen)


@pytest.mark.parametrize(
    "record",
    [JobRecord, GroupRecord, Ended, *(language.reply for language in LANGUAGES.values())],
    ids=lambda record: record.__name__,
)
def test_every_field_that_a_worker_fills_has_bounds(record: type) -> None:
    assert list(unbounded(record, set())) == []
