"""The glossary: the records that pass between the stages, frozen and without behaviour.

Others use `bounds`, what a record of another process may hold at most, and the names of the
sandbox's `layers`. They import the records from here, never from a module in here.
"""

from .environments import Distribution, Environment
from .fences import Entry, Fence, Group, Mismatch, Options, Raised
from .jobs import FenceJob, Job, Limits, SnippetJob
from .places import Location, Problem
from .records import (
    CheckRecord,
    DamagedRecord,
    FailureRecord,
    GroupRecord,
    JobRecord,
    Record,
    Refusal,
    RefusalReason,
)
from .replies import Defect, Lost, Reply
from .results import STATUS_LINE, CheckResult, Exchange, Failure, Message, Report, Result
from .tree import Cell, Check, Contract, Deviation, Framework, Snippet, snippet_id
from .words import Fate, Kind, Outcome, Standing, Stopped

__all__ = [
    "STATUS_LINE",
    "Cell",
    "Check",
    "CheckRecord",
    "CheckResult",
    "Contract",
    "DamagedRecord",
    "Defect",
    "Deviation",
    "Distribution",
    "Entry",
    "Environment",
    "Exchange",
    "Failure",
    "FailureRecord",
    "Fate",
    "Fence",
    "FenceJob",
    "Framework",
    "Group",
    "GroupRecord",
    "Job",
    "JobRecord",
    "Kind",
    "Limits",
    "Location",
    "Lost",
    "Message",
    "Mismatch",
    "Options",
    "Outcome",
    "Problem",
    "Raised",
    "Record",
    "Refusal",
    "RefusalReason",
    "Reply",
    "Report",
    "Result",
    "Snippet",
    "SnippetJob",
    "Standing",
    "Stopped",
    "snippet_id",
]
