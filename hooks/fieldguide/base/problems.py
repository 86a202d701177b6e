"""The form of every problem, and those that several stages meet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from ..model import Location, Problem
from .text import visible


class ProblemError(Exception):
    """Work cannot go on; carries the problems that say why."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(line(problem) for problem in problems))
        self.problems = problems


class Problems:
    """What a reader meets that is wrong: its first argument, under the name ``collector``.

    A rule yields its problems; a reader, which has something else to give back, adds them here.
    Whoever has to know whether one part is whole gives that part a collector of its own.
    """

    def __init__(self) -> None:
        self._problems: list[Problem] = []

    def add(self, *problems: Problem) -> None:
        """Take problems in, in the order in which they were met."""
        self._problems += problems

    def __iter__(self) -> Iterator[Problem]:
        return iter(self._problems)

    def __len__(self) -> int:
        return len(self._problems)


def line(problem: Problem) -> str:
    """The problem in one line, as terminals and logs show it."""
    where = problem.location.path
    if problem.location.line is not None:
        where = f"{where}:{problem.location.line}"
    text = f"{where}: {problem.message.rstrip('.')}. Next: {problem.next.rstrip('.')}."
    return visible(text).replace("\n", " ")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`` (did you mean "x"?)``, or nothing when no known word is near."""
    near = get_close_matches(word, list(known), n=1)
    return f' (did you mean "{near[0]}"?)' if near else ""


# The tree


def no_project(at: Location) -> Problem:
    return Problem(
        at, "this folder holds no project", "run fieldguide in the folder that holds pyproject.toml"
    )


def bad_toml(at: Location, error: str) -> Problem:
    return Problem(at, f"this is not TOML: {error}", "correct the syntax at this line")


def unknown_setting(at: Location, key: str, known: Iterable[str]) -> Problem:
    known = list(known)
    return Problem(
        at,
        f'unknown key "{key}"{did_you_mean(key, known)}',
        f"use only {', '.join(known)}",
    )


def slug(text: str) -> str:
    """The text as the name of a concept's folder."""
    kept = "".join(c.lower() if c.isalnum() and c.isascii() else "-" for c in text)
    return "-".join(part for part in kept.split("-") if part) or "concept"


def not_utf8(at: Location) -> Problem:
    return Problem(at, "this file is not UTF-8", "save it as UTF-8")


def byte_order_mark(at: Location) -> Problem:
    return Problem(
        at,
        "this file starts with a byte order mark, which TOML does not allow",
        'save it as plain UTF-8 (editors offer "UTF-8" and "UTF-8 with BOM": the first)',
    )


def no_file(at: Location) -> Problem:
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
