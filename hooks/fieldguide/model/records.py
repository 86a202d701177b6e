"""What a worker leaves of a job: the record of a snippet, or of a group of fences.

A snippet may have forged it, so every field has bounds.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from .bounds import MANY, SOME, Line, Name, Text, Words
from .results import Exchange
from .words import Outcome


class RefusalReason(StrEnum):
    """Why an application cannot be judged, or a group cannot go on: the words of the worker."""

    CONTRACT = "contract"
    """The contract raises when it is loaded."""
    IMPORT = "import"
    """A module is missing."""
    NO_APP = "no app"
    UNKNOWN_APP = "unknown app"
    SYNTAX = "syntax"
    EXIT = "exit"
    """It exits while it is imported."""
    RAISED = "raised"
    """It raises while it is imported."""
    STARTUP = "startup"
    GONE = "gone"
    """Its process ended, or does not speak as agreed."""
    FILE = "file"
    """A fence cannot be written to its file."""
    STEP = "step"
    """The worker has no step for the language of a fence."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an application could not be judged, or a group could not go on."""

    kind: RefusalReason
    message: Words
    file: Words | None = None
    """Of the snippet's folder."""
    line: Line | None = None
    name: Name | None = None
    """The module that is missing."""
    traceback: Text = ""
    ended: bool = False
    """Of a process that is gone: whether it ended, and not only spoke nonsense."""


@dataclass(frozen=True, slots=True)
class FailureRecord:
    """Why a check did not pass."""

    message: Words
    file: Words | None = None
    """Of the snippet's folder: where its own code made the check fail."""
    line: Line | None = None
    expected: Text | None = None
    actual: Text | None = None
    contract_line: Line | None = None
    traceback: Text = ""


@dataclass(frozen=True, slots=True)
class CheckRecord:
    """What one check gave."""

    name: Name
    outcome: Outcome
    exchanges: Annotated[tuple[Exchange, ...], SOME] = ()
    failure: FailureRecord | None = None
    left_out: Words = ""
    """Why it could not be run under a production server."""


@dataclass(frozen=True, slots=True)
class JobRecord:
    """What a judge leaves of one snippet."""

    error: Refusal | None = None
    checks: Annotated[tuple[CheckRecord, ...], MANY] = ()


@dataclass(frozen=True, slots=True)
class GroupRecord:
    """What a group of fences left."""

    error: Refusal | None = None
    """Why the group could not go on; None where it went on to its end."""
    steps: Annotated[tuple[object, ...], MANY] = ()
    """The reply of each step as JSON has it: the language of its fence knows its form."""


@dataclass(frozen=True, slots=True)
class DamagedRecord:
    """What a job left in place of a record that can be read."""

    why: str


Record = JobRecord | GroupRecord | DamagedRecord
"""What one job leaves: a snippet one of the first or the last, a group of fences the second."""
