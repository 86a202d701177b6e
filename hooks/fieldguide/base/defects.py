"""Exceptions of the engine's own code: told in words, with the line that raised them."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..model import Defect, Location
from . import problems
from .paths import ENGINE
from .problems import ProblemError, Problems
from .text import one_line

_LONGEST = 300
"""Characters of what an exception says of itself: it may quote what a snippet left."""


def defect(error: BaseException) -> Defect:
    """An exception as the defect of the engine that it is, at the engine's innermost line."""
    try:
        text = one_line(str(error))[:_LONGEST]
    except Exception:
        text = ""
    kind = type(error).__name__
    return Defect(f"{kind}: {text}" if text else kind, _place(error))


def _place(error: BaseException) -> Location:
    """The engine's innermost line behind an exception, as a path of the project."""
    home = ENGINE.parent.parent
    place = Location(ENGINE.relative_to(home).as_posix())
    for call in traceback.extract_tb(error.__traceback__):
        path = Path(call.filename)
        if path.is_relative_to(ENGINE):
            place = Location(path.relative_to(home).as_posix(), call.lineno)
    return place


@contextmanager
def located(at: Location) -> Iterator[None]:
    """Whatever the engine's own code raises inside is the problem of one file.

    Raises:
        ProblemError: in its place.
    """
    try:
        yield
    except ProblemError:
        raise
    except Exception as error:
        raise ProblemError(problems.defective(at, "", defect(error))) from None


@contextmanager
def contained(collector: Problems, at: Location | None = None, subject: str = "") -> Iterator[None]:
    """Whatever the engine's own code raises inside is a problem, and what is known stays known.

    Args:
        collector: takes the problem, which fails the run.
        at: where the reader has to look; None for the line of the engine.
        subject: the id of what was worked on; empty for the run as a whole.
    """
    try:
        yield
    except ProblemError:
        raise
    except Exception as error:
        found = defect(error)
        collector.add(problems.defective(at or found.location, subject, found))
