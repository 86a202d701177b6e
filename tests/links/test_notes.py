"""The words of notes: each says what is amiss, as a part of a line."""

from __future__ import annotations

import inspect
from collections.abc import Callable

import pytest

from fieldguide.links import notes

WORDS = {
    name: function
    for name, function in vars(notes).items()
    if inspect.isfunction(function) and function.__module__ == notes.__name__
}
VALUES = {"int": 404, "int | None": 404, "float": 12.6, "Iterable[str]": ("one", "two")}
"""A value of each type that is no text; a text is the name of its parameter."""


def arguments(function: Callable[..., str]) -> dict[str, object]:
    """A value for each parameter."""
    parameters = inspect.signature(function).parameters.values()
    return {each.name: VALUES.get(each.annotation, f"<{each.name}>") for each in parameters}


@pytest.mark.parametrize("function", WORDS.values(), ids=WORDS)
def test_a_note_tells_all_that_it_is_given(function: Callable[..., str]) -> None:
    """It goes on in a line, so it ends without a stop."""
    given = arguments(function)
    note = function(**given)
    assert not note.endswith(".")
    for value in given.values():
        told = [value] if not isinstance(value, tuple) else value
        assert all((f"{x:.0f}" if isinstance(x, float) else str(x)) in note for x in told)


def test_the_notes_are_told_apart() -> None:
    constants = [value for name, value in vars(notes).items() if name.isupper()]
    told = [*constants, *(function(**arguments(function)) for function in WORDS.values())]
    assert len(told) > 20
    assert len(set(told)) == len(told)
