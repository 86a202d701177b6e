"""How a job's processes ended."""

from __future__ import annotations

from dataclasses import dataclass

from .records import Record
from .words import Stopped


@dataclass(frozen=True, slots=True)
class Lost:
    """What is known of a job whose zygote was lost twice, in place of its `Reply`."""

    words: str
    """What the zygote wrote last, or how it fell silent."""


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
    """Seconds that its processes were ready to run and had no processor; None where the system does
    not say."""
    judge: bool = False
    """Whether this tells of the judge, because the application ended as it should."""
    mark: str = ""
    """What stands before the output of each step of a group of fences."""
