"""The form of every problem, and those that several stages meet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from itertools import islice

from ..model import Defect, Location, Problem
from . import bounds
from .bounds import TooMuch
from .text import count, visible

WARNING = "warning: "
"""What stands before the message of a problem that fails nothing."""


class ProblemError(Exception):
    """Work cannot go on; ``problems`` say why. Readers and rules collect them, as `Problems`."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(line(problem) for problem in problems))
        self.problems = problems


class Problems:
    """The problems that a reader collects: its first argument, under the name ``collector``.

    A rule yields its problems; a reader returns what it has read, and adds the problems here. To
    know whether one part was without problems, give that part a collector of its own.
    """

    def __init__(self) -> None:
        self._problems: list[Problem] = []

    def add(self, *problems: Problem) -> None:
        """Add problems, in the order in which they are to be shown."""
        self._problems += problems

    def __iter__(self) -> Iterator[Problem]:
        return iter(self._problems)

    def __len__(self) -> int:
        return len(self._problems)

    def stop(self) -> None:
        """Raise `ProblemError` with the problems, if there are any: work cannot go on."""
        if self._problems:
            raise ProblemError(*self._problems)


def line(problem: Problem) -> str:
    """The problem in one line, as terminals and logs show it."""
    place = problem.location.path
    if problem.location.line is not None:
        place = f"{place}:{problem.location.line}"
    mark = WARNING if problem.severity == "warning" else ""
    text = f"{place}: {mark}{problem.message.rstrip('.')}. Next: {problem.next.rstrip('.')}."
    return visible(text).replace("\n", " ")


def counted(problems: Iterable[Problem]) -> str:
    """``2 problems, 1 warning``; empty where there are none."""
    known = list(problems)
    warnings = sum(problem.severity == "warning" for problem in known)
    errors = len(known) - warnings
    parts = [count(errors, "problem")] if errors else []
    parts += [count(warnings, "warning")] if warnings else []
    return ", ".join(parts)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`` (did you mean "x"?)``, or nothing when no known word is near."""
    meant = nearest(word, known)
    return "" if meant is None else f' (did you mean "{meant}"?)'


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that is nearest; None where none is near.

    Nobody means a word that is very long, or one of thousands.
    """
    if len(word) > bounds.WORD:
        return None
    words = islice((other for other in known if len(other) <= bounds.WORD), bounds.KNOWN)
    return next(iter(get_close_matches(word, list(words), n=1)), None)


# Files


def no_project(at: Location) -> Problem:
    return Problem(
        at, "this folder holds no project", "run fieldguide in the folder that holds pyproject.toml"
    )


def bad_toml(at: Location, error: str) -> Problem:
    return Problem(at, f"this is not TOML: {error}", "correct the syntax at this line")


def toml_too_much(at: Location, what: TooMuch) -> Problem:
    """TOML that would take too long to read."""
    words = {
        TooMuch.NESTING: f"more than {bounds.NESTING} lists and tables are open here",
        TooMuch.KEYS: f"this key has more than {bounds.KEYS} parts",
        TooMuch.DIGITS: f"this number has more than {bounds.DIGITS} digits",
    }
    return Problem(at, words[what], "write it shorter")


def file_too_long(at: Location, most: int) -> Problem:
    """A file of more than ``most`` bytes."""
    return Problem(at, f"this file has more than {most:,} bytes", "make it shorter, or several")


def unknown_setting(at: Location, key: str, known: Iterable[str]) -> Problem:
    known = list(known)
    return Problem(
        at,
        f'unknown key "{key}"{did_you_mean(key, known)}',
        f"use only {', '.join(known)}",
    )


def not_utf8(at: Location) -> Problem:
    return Problem(at, "this file is not UTF-8", "save it as UTF-8")


def byte_order_mark(at: Location) -> Problem:
    return Problem(
        at,
        "this file starts with a byte order mark, which TOML does not allow",
        'save it as plain UTF-8 (editors offer "UTF-8" and "UTF-8 with BOM": the first)',
    )


def folder_for_file(at: Location) -> Problem:
    return Problem(at, "this is a folder where a file belongs", "remove or rename the folder")


def symbolic_link(at: Location) -> Problem:
    return Problem(
        at,
        "this is a symbolic link; a reader copies files, and some systems have no links",
        "put the file or folder itself here",
    )


def unreadable(at: Location, error: str) -> Problem:
    return Problem(at, f"this file cannot be read: {error}", "make it readable")


def changed_meanwhile(path: str) -> Problem:
    return Problem(Location(path), "this file was changed meanwhile", "run fieldguide bless again")


def not_written(path: str, error: str) -> Problem:
    return Problem(
        Location(path),
        f"this file cannot be written: {error}",
        "name a file in a folder that exists and can be written",
    )


# The engine itself


def defective(at: Location, subject: str, defect: Defect) -> Problem:
    """The engine's own code raised; ``subject`` is the id of what it was working on, if any."""
    about = f"{subject}: " if subject else ""
    raised = f"{defect.location.path}:{defect.location.line}"
    return Problem(
        at,
        f"{about}the engine itself broke: {defect.words} ({raised})",
        "report it with this line; until it is mended this is not verified",
    )
