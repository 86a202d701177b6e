"""Every problem that a module can word, for the tests of problems modules."""

from __future__ import annotations

import inspect
import itertools
from collections.abc import Iterator
from types import ModuleType
from typing import Any, get_type_hints

from fieldguide.model import Defect, Location, Problem

PLACE = Location("docs/a.md", 7)
SAMPLES: dict[Any, tuple[Any, ...]] = {
    Location: (PLACE,),
    str: ("word",),
    int: (0, 3),
    float: (2.5,),
    bool: (True, False),
    Defect: (Defect("KeyError: 'x'", PLACE),),
}
"""For a parameter of each type; for a list of words, see `_samples`."""


def worded(module: ModuleType) -> Iterator[tuple[str, Problem]]:
    """Each problem that a function of the module gives, with the function's name.

    A function is called with every combination of samples for its parameters.
    """
    for name, function in inspect.getmembers(module, inspect.isfunction):
        hints = get_type_hints(function)
        if function.__module__ != module.__name__ or hints.pop("return") is not Problem:
            continue
        for arguments in itertools.product(*map(_samples, hints.values())):
            yield name, function(*arguments)


def check(module: ModuleType) -> set[str]:
    """Assert that every problem has a place, a message and a next act, none with a stop at its
    end; gives the names of the functions."""
    names = set()
    for name, problem in worded(module):
        names.add(name)
        assert problem.location == PLACE, name
        for words in (problem.message, problem.next):
            assert words.strip() == words, name
            assert words, name
            assert not words.endswith("."), name
            assert "\n" not in words, name
    return names


def _samples(kind: Any) -> tuple[Any, ...]:
    return SAMPLES.get(kind, (["word", "other"],))
