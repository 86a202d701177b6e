"""What a worker's record says of a snippet, typed; the only place where such a record is read.

A snippet may have written it: whatever is not as declared here is an error, never a guess.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ..base.json_records import from_json
from ..model import Exchange, Outcome


class RefusalReason(StrEnum):
    """Why an application could not be judged; the worker uses the same words."""

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


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an application could not be judged."""

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
    """What a judge leaves of one job."""

    error: Refusal | None = None
    checks: tuple[CheckRecord, ...] = ()


def read(record: Mapping[str, Any]) -> JobRecord:
    """The record; raises TypeError, ValueError or KeyError for anything else."""
    return from_json(JobRecord, record)
