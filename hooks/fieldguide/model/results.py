"""What a run gives: exchanges, results of checks and of snippets, and the whole report."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from .bounds import SOME, Name, Size, Text
from .environments import Environment
from .places import Location, Problem
from .tree import Check
from .words import Kind, Outcome

STATUS_LINE = re.compile(r"HTTP/[0-9.]{1,9} [1-5][0-9]{2}(?: .*)?", re.DOTALL)
"""How a recorded response starts."""


@dataclass(frozen=True, slots=True)
class Message:
    """A request or a response as it is on the wire, its body decoded for showing."""

    start: Text
    """``GET /items/7 HTTP/1.1`` or ``HTTP/1.1 200 OK``."""
    headers: Annotated[tuple[tuple[Name, Text], ...], SOME]
    body: Text
    """UTF-8 text, or base64 where ``binary``; cut to a length fit for a page."""
    binary: bool = False
    size: Size = 0
    """Bytes of the whole body."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One HTTP request and its response, as recorded."""

    request: Message
    response: Message
    note: Text = ""
    """Whose request it is, and when it was sent; empty for one like any other."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a check or a snippet did not pass."""

    location: Location
    """Where to look first: the snippet's line where one is known."""
    message: str
    expected: str | None = None
    actual: str | None = None
    contract: Location | None = None
    """The contract's line that did not hold."""
    traceback: str = ""
    next: str = ""
    """The next act, where there is a better one than to ask for an explanation."""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """How one check ended."""

    check: Check
    outcome: Outcome
    exchanges: tuple[Exchange, ...] = ()
    failure: Failure | None = None
    deviation: str | None = None
    """The declared reason; then the check is expected to fail."""
    left_out: str = ""
    """Why it could not be run where the others ran, in a sentence; empty where it was."""

    @property
    def deviates(self) -> bool:
        """Whether it did not pass, as its deviation declares."""
        failed = self.outcome is not Outcome.PASSED and not self.left_out
        return self.deviation is not None and failed

    @property
    def unexpected(self) -> bool:
        """Whether it failed without a declared deviation, or passed in spite of one."""
        return not self.left_out and (self.outcome is Outcome.PASSED) == (
            self.deviation is not None
        )


@dataclass(frozen=True, slots=True)
class Result:
    """How one snippet, or one group of fences, ended."""

    id: str
    concept: str
    framework: str
    location: Location
    key: str
    outcome: Outcome
    checks: tuple[CheckResult, ...] = ()
    output: str = ""
    """What it wrote to stdout and stderr, cut at the limit."""
    versions: Mapping[str, str] = field(default_factory=dict)
    """``python`` and the distributions that its files import, as pinned; the install line."""
    seconds: float = 0.0
    reason: str = ""
    """Why it was skipped, or in one line why it did not pass."""
    failure: Failure | None = None
    """Where nothing could be checked: why."""
    cached: bool = False
    server: str | None = None
    """The production server that it ran under; None for in process."""
    database: str = ""
    """The ``DATABASE_URL`` that it was given, without the password."""
    served: str = ""
    """``gunicorn 27.0.1``: the production server under which the same inputs have passed as well;
    empty where they have not run under it."""
    source: str = ""
    """Digest of the snippet's files and its contract (`source_digest`), so that a page never
    shows proof of other code."""
    layers: tuple[str, ...] = ()
    """What stood between it and the machine."""
    inputs: Mapping[str, str] = field(default_factory=dict)
    """The job's inputs, to show which of them have changed since."""
    kind: Kind | None = None
    """Who does the work in a snippet; None where that is not known. Each run derives it anew."""


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that a run of verification found out."""

    results: tuple[Result, ...]
    problems: tuple[Problem, ...]
    environments: tuple[Environment, ...] = ()
    layers: tuple[str, ...] = ()
    """What stood between the snippets and the machine."""
    seconds: float = 0.0
