"""A place in a file, and a problem there."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Location:
    """A place in a file of the project."""

    path: str
    """Relative to the project's root, with forward slashes."""
    line: int | None = None
    """Counted from 1; None for a whole file or folder."""
    end_line: int | None = None

    @property
    def doc(self) -> str:
        """The path of a page below ``docs/``, as MkDocs names it: ``concepts/routing.md``."""
        return self.path.removeprefix("docs/")

    @property
    def folder(self) -> str:
        """The path of the folder that holds it."""
        return self.path.rpartition("/")[0]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that a person has to put right: where, what, and the next act."""

    location: Location
    message: str
    next: str
    """The next act, without a full stop: a command, or what to write."""
    severity: str = "error"
    """``error`` fails the run; ``warning`` is only shown."""
