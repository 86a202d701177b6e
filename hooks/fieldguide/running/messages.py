"""The messages between the engine and its workers: the job that goes out, the record that returns.

A snippet may have written the record: whatever is not as declared is damaged, never a guess.
"""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from ..base.json_records import from_json, strict_loads
from ..environments.interpreters import prefix
from ..model import (
    STATUS_LINE,
    DamagedRecord,
    FenceJob,
    GroupRecord,
    Job,
    JobRecord,
    Limits,
    Outcome,
    Record,
)
from ..model.bounds import RECORD_BYTES

_WHY = 300
"""Characters of what is wrong with a record."""
SERVER_SECONDS = 30.0
"""Added to a job's wall clock for the start and the end of a production server."""


class Role(StrEnum):
    """What a worker does of a job; the worker uses the same words."""

    APP = "app"
    """It loads the application and answers."""
    JUDGE = "judge"
    """It runs the contract against an application in another process."""
    BOTH = "both"
    GROUP = "group"
    """It runs the steps of a group of fences."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JobMessage:
    """Everything that a worker is told of a job. What its role does not need is empty."""

    id: str
    """Random, and told back with the reply: so nobody answers in another one's place."""
    role: Role
    limits: Limits
    entry: str
    """The file that exports ``app``."""
    server: str | None
    """The production server to run it under."""
    folder: Path | None
    """Where to lay the files out; None leaves that to the worker."""
    processor: int | None
    """The only one that it may use; None leaves it to the system."""
    files: Mapping[str, bytes]
    """What lies in the folder, by path."""
    contract: str = ""
    """The contract's source."""
    checks: tuple[str, ...] = ()
    """The names of its checks, in order."""
    deviations: tuple[str, ...] = ()
    """The names of those that are not expected to pass."""
    steps: tuple[Mapping[str, Any], ...] = ()
    """What to do for each fence of a group; the language of each knows its form."""
    mark: str = ""
    """Printed before the output of each step: random, so that no fence can forge it."""
    prefix: str = ""
    """The folder of the group's environment."""
    deadline: float | None = None
    """When a fresh interpreter has to have ended, by the clock that all processes share."""

    def encoded(self) -> bytes:
        """The message as JSON, without a line break."""
        files = {
            name: base64.b64encode(content).decode("ascii") for name, content in self.files.items()
        }
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        folder = str(self.folder) if self.folder else None
        whole = {**values, "limits": asdict(self.limits), "folder": folder, "files": files}
        return json.dumps(whole).encode("utf-8")


def message(
    job: Job, role: Role, folder: Path | None = None, processor: int | None = None
) -> JobMessage:
    """What a worker is told of a job in that role; a group of fences is always a `Role.GROUP`."""
    limits = job.limits
    if job.server:
        limits = replace(limits, wall_seconds=limits.wall_seconds + SERVER_SECONDS)
    base = JobMessage(
        id=secrets.token_hex(8),
        role=role,
        limits=limits,
        entry=job.main,
        server=job.server,
        folder=folder,
        processor=processor,
        files={} if role is Role.JUDGE else job.files,
    )
    if isinstance(job, FenceJob):
        return replace(
            base,
            role=Role.GROUP,
            steps=job.steps,
            mark=secrets.token_hex(8),
            prefix=prefix(job.environment),
        )
    if role is Role.APP:
        return base
    return replace(
        base,
        contract=job.contract.source,
        checks=tuple(check.name for check in job.contract.checks),
        deviations=tuple(deviation.check for deviation in job.snippet.deviations),
    )


def read(job: Job, content: bytes) -> Record | None:
    """The record that a job's worker wrote; None where it wrote nothing."""
    if not content:
        return None
    try:
        if len(content) > RECORD_BYTES:
            raise ValueError(f"it has {len(content)} bytes, more than {RECORD_BYTES}")
        value = strict_loads(content)
        if isinstance(job, FenceJob):
            return from_json(GroupRecord, value)
        return _whole(from_json(JobRecord, value), value, job.server is not None)
    except (TypeError, ValueError) as error:
        return DamagedRecord(str(error)[:_WHY])


def _whole(record: JobRecord, value: dict[str, Any], served: bool) -> JobRecord:
    """The record of a snippet, if each of its checks says what a judge always says.

    Our own results may leave out what is empty. What a snippet can forge may not.
    """
    for check, members in zip(record.checks, value.get("checks", ()), strict=True):
        if missing := [name for name in ("name", "outcome", "exchanges") if name not in members]:
            raise ValueError(f"a check without {', '.join(missing)}")
        left_out = bool(check.left_out) and served
        outcomes = (Outcome.PASSED, Outcome.FAILED, Outcome.ERRORED)
        if check.outcome not in ((Outcome.SKIPPED,) if left_out else outcomes):
            raise ValueError(f"a check that is {check.outcome}")
        for exchange in check.exchanges:
            if not STATUS_LINE.fullmatch(exchange.response.start):
                raise ValueError("a response without a status line")
    return record
