"""Bounds of what another process may say: every text, number and list in its records has them.

An honest worker keeps them: what may be longer is cut where it is written.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

RECORD_BYTES = 8 * 1024 * 1024
"""No record is longer."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """The most, and the least, that a number may be, a text have of characters, a list of items."""

    most: int
    least: int = 0


MANY = Bounds(10_000)
"""Items of a list that has one for each thing that somebody wrote: checks, steps, commands."""
SOME = Bounds(1_000)
"""Items of a list that grows with what happens: exchanges of a check, headers."""

Line = Annotated[int, Bounds(1_000_000)]
"""Of a file, counted from 1; 0 where Python knows none."""
Number = Annotated[int, Bounds(10_000)]
"""Of a step, counted from 0."""
Size = Annotated[int, Bounds(1 << 40)]
"""Bytes."""
Status = Annotated[int, Bounds(1_000, -1_000)]
"""With which a process ended, or the negative number of a signal."""
Seconds = Annotated[float, Bounds(1_000_000)]
Name = Annotated[str, Bounds(1_000)]
"""Of a check, a class, a module, a header."""
Words = Annotated[str, Bounds(4_000)]
"""A message, in one line."""
Text = Annotated[str, Bounds(40_000)]
"""A traceback, a body, a header's value."""
Output = Annotated[str, Bounds(RECORD_BYTES)]
"""What somebody printed: held by a limit of its own already."""
