"""The gate: every problem of the tree that stops all other work, looked for before it begins.

It starts git once and reads files; it runs nothing of what it looks at. What strangers send is in
`docs/`, `snippets/`, `probes/` and `environments/`; the rest of the tree runs with everybody's own
rights, and has to be read by a person.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ...base import git
from ...base.problems import ProblemError
from ...environments import pins
from ...model import Location, Problem
from ...pages.includable import PUBLISHED, Includable
from . import drawings, entries, included, made, names, problems, texts, tops
from .entries import Entry


class ClosedError(ProblemError):
    """The tree holds what no run may start with."""


def hold(root: Path) -> tuple[Problem, ...]:
    """Raise `ClosedError` with every problem of the tree; gives the warnings where there is no
    other."""
    met = look(root)
    if any(problem.severity == "error" for problem in met):
        raise ClosedError(*met)
    return met


def look(root: Path) -> tuple[Problem, ...]:
    """Every problem of the tree, by place."""
    listing = git.tracked(root)
    found = list(entries.below(root, listing.modes))
    met = [*_problems(root, found, listing)]
    met.sort(key=lambda problem: (problem.location.path, problem.location.line or 0))
    return tuple(dict.fromkeys(met))


def weaker(root: Path) -> Iterator[str]:
    """What is not known here, in a line for a person."""
    if git.tracked(root).modes is None:
        yield problems.no_checkout(PUBLISHED)


def _problems(root: Path, found: list[Entry], listing: git.Listing) -> Iterator[Problem]:
    if listing.silent:
        yield problems.git_silent(Location(".git"), listing.silent)
    yield from made.tracked(listing.modes or {})
    yield from tops.unknown(listing.modes or {})
    yield from names.unfit([*(entry.path for entry in found), *(listing.modes or {})])
    for entry in found:
        yield from entries.misplaced(entry)
    yield from texts.hiding(root, found)
    yield from drawings.running(root, found)
    yield from included.barred(Includable(root, listing), found)
    yield from _locks(root, found)


def _locks(root: Path, found: list[Entry]) -> Iterator[Problem]:
    """What is in a lock besides pins with their hashes."""
    for entry in found:
        folder, _, name = entry.path.rpartition("/")
        if folder == "environments" and name.endswith(".txt") and entry.kind is entries.Kind.FILE:
            yield from pins.unfit(entry.path, (root / entry.path).read_bytes())
