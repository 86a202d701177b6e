"""What a worker leaves of a job: the record of a snippet, or of a group of fences."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

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
    message: str
    file: str | None = None
    """Of the snippet's folder."""
    line: int | None = None
    name: str | None = None
    """The module that is missing."""
    traceback: str = ""
    ended: bool = False
    """Of a process that is gone: whether it ended, and not only spoke nonsense."""


@dataclass(frozen=True, slots=True)
class FailureRecord:
    """Why a check did not pass."""

    message: str
    file: str | None = None
    """Of the snippet's folder: where its own code made the check fail."""
    line: int | None = None
    expected: str | None = None
    actual: str | None = None
    contract_line: int | None = None
    traceback: str = ""


@dataclass(frozen=True, slots=True)
class CheckRecord:
    """What one check gave."""

    name: str
    outcome: Outcome
    exchanges: tuple[Exchange, ...] = ()
    failure: FailureRecord | None = None


@dataclass(frozen=True, slots=True)
class JobRecord:
    """What a judge leaves of one snippet."""

    error: Refusal | None = None
    checks: tuple[CheckRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupRecord:
    """What a group of fences left."""

    error: Refusal | None = None
    """Why the group could not go on; None where it went on to its end."""
    steps: tuple[object, ...] = ()
    """The reply of each step as JSON has it: the language of its fence knows its form."""


@dataclass(frozen=True, slots=True)
class DamagedRecord:
    """What a job left in place of a record that can be read."""

    why: str


Record = JobRecord | GroupRecord | DamagedRecord
"""What one job leaves: a snippet one of the first or the last, a group of fences the second."""
