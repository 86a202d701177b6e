"""Every function of a problems module, called: a problem says where, what, and the next act."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from types import ModuleType

from fieldguide.base.bounds import TooMuch
from fieldguide.model import Deviation, Limits, Location, Problem

AT = Location("docs/page.md", 7)
SAMPLES = {
    "Location": AT,
    "Location | None": AT,
    "Problem": Problem(AT, "something is amiss", "put it right"),
    "Limits": Limits(),
    "Iterable[str]": ("first", "second"),
    "Collection[str]": ("first", "second"),
    "Sequence[str]": ("first", "second"),
    "str": "some words",
    "str | None": "some words",
    "object": "some words",
    "int": 3,
    "int | None": 3,
    "bool": True,
    "Deviation": Deviation("test_a", "it cannot", AT, "https://a.example", (404,), "404"),
    "tuple[int, ...]": (404,),
    "TooMuch": TooMuch.NESTING,
}
"""What a parameter with such an annotation is given."""


def functions(module: ModuleType) -> Iterator[tuple[str, Callable[..., Problem]]]:
    """The functions of a module that word a problem."""
    for name, value in vars(module).items():
        own = inspect.isfunction(value) and value.__module__ == module.__name__
        if own and value.__annotations__.get("return") == "Problem":
            yield name, value


def worded(word: Callable[..., Problem]) -> Problem:
    """A problem in the words of a function, whose parameters are given samples."""
    parameters = inspect.signature(word).parameters.values()
    return word(**{parameter.name: SAMPLES[parameter.annotation] for parameter in parameters})


def check(problem: Problem) -> None:
    """Fails unless a problem has a place, a sentence and a next act, without full stops."""
    assert problem.location.path
    for text in (problem.message, problem.next):
        assert text.strip() == text
        assert len(text) > 5
        assert not text.endswith("."), "the form of a problem's line adds the full stop"
        assert "\n" not in text
    assert problem.severity in ("error", "warning")
