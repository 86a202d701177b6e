"""How a job's processes ended."""

from __future__ import annotations

from dataclasses import dataclass

from .places import Location
from .records import Record
from .words import Stopped


@dataclass(frozen=True, slots=True)
class Lost:
    """A job whose zygote was lost twice, so that there is no `Reply`."""

    words: str
    """What the zygote wrote last, or how its silence began."""


@dataclass(frozen=True, slots=True)
class Defect:
    """An exception of the engine's own code, in place of what it was working out."""

    words: str
    """``KeyError: 'x'``, in one line."""
    location: Location
    """The engine's innermost line behind it: ``hooks/fieldguide/results/endings.py:53``."""


@dataclass(frozen=True, slots=True)
class Reply:
    """How one job's processes ended, and what they left."""

    record: Record | None
    """What it tells of its work; None where it wrote nothing, or nothing whole."""
    output: str
    exit: int
    """Exit status, or the negative number of a signal."""
    stopped: Stopped | None
    """Why it was ended from outside, if it was."""
    seconds: float
    waited: float | None = None
    """Seconds for which its processes were ready to run and had no processor; None where the system
    does not say."""
    judge: bool = False
    """Whether this is how the judge ended, because the application ended as it should."""
    mark: str = ""
    """The text that separates the outputs of the steps of a group of fences."""
    moved: bool = False
    """Whether its clock was another one than the machine's."""
    second: Reply | Lost | None = None
    """How its second run ended, under other circumstances; None where there was none."""
