"""What was seen: of each resource in ``checks.yml``, and of this day's run beside it, so that an
interrupted run goes on where it ended."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from pathlib import Path

import yaml

from ..base import json_records
from ..base.json_records import to_json
from ..base.problems import ProblemError, not_written
from ..base.writing import atomic
from ..model import Problem
from ..reading.catalogue import CHECKS
from ..reading.model import Seen
from . import kept
from .model import Answer, Target, Verdict

STRIKES = 3
"""Failures on so many days in a row before something is called dead."""

RUN = ".fieldguide/links.jsonl"
_LINE_BYTES = 64 * 1024
"""No answer is longer."""
_HEAD = """\
# yaml-language-server: $schema=../../hooks/fieldguide/reading/checks.schema.json
# Written by `fieldguide links`: what it saw of each resource. Nothing in it is written by hand.
"""


def after(before: Seen | None, verdict: Verdict, day: str) -> Seen:
    """What is known of a resource after it was looked at on ``day``."""
    answer, outcome = verdict.answer, verdict.outcome
    known = before or Seen(day, outcome)
    good = outcome in ("alive", "moved")
    bad = outcome in ("failed", "missing")
    strikes = known.strikes
    if good:
        strikes = 0
    elif bad and not (known.first_failure and known.checked == day):
        strikes += 1
    now = replace(
        known,
        checked=day,
        outcome=outcome,
        seen=day if good else known.seen,
        final_url=answer.url if answer.url != verdict.target.url else None,
        code=answer.code,
        note="; ".join(verdict.notes) or None,
        first_failure=None if good else known.first_failure or (day if bad else None),
        strikes=strikes,
    )
    if not good:  # what it was stays known, so that it stays comparable
        return now
    if answer.page is not None and (answer.page.title or not answer.page.doubt):
        now = replace(
            now, title=answer.page.title or None, fingerprint=answer.page.fingerprint or None
        )
    if answer.code != 304:
        etag, changed = answer.headers.get("etag"), answer.headers.get("last-modified")
        now = replace(now, etag=etag, last_modified=changed)
    return now


def write(root: Path, seen: Mapping[str, Seen]) -> None:
    """Write ``checks.yml``, whole or not at all; only what differs from the defaults."""
    defaults = {field.name: field.default for field in fields(Seen)}
    held = {id: kept.seen(known) for id, known in seen.items()}
    shown = {
        id: {key: value for key, value in asdict(known).items() if value != defaults[key]}
        for id, known in sorted(held.items())
    }
    content = _HEAD + yaml.safe_dump(shown, sort_keys=False, allow_unicode=True, width=100)
    try:
        atomic.write(root / CHECKS, content.encode("utf-8"))
    except OSError as error:
        raise ProblemError(not_written(CHECKS, error.strerror or str(error))) from None


class Run:
    """The answers of one day, kept as they come; of other days nothing is kept."""

    def __init__(self, root: Path, day: str) -> None:
        self._path = root / RUN
        self._day = day
        self._mode = "a"
        self.problem: Problem | None = None
        """Why answers could not be kept."""

    def known(self) -> dict[str, Answer]:
        """The answers of this day, by address. A line that holds no answer in its form is left out:
        one that was cut off, or that nobody of us has written."""
        answers: dict[str, Answer] = {}
        with contextlib.suppress(OSError), self._path.open("rb") as file:
            for line in iter(lambda: file.readline(_LINE_BYTES), b""):
                with contextlib.suppress(ValueError, TypeError, KeyError, RecursionError):
                    values = json.loads(line)
                    if values["day"] == self._day:
                        answer = json_records.from_json(Answer, values["answer"])
                        answers[str(values["asked"])] = kept.answer(answer)
        if not answers:
            self._mode = "w"
        return answers

    def keep(self, target: Target, answer: Answer) -> None:
        """Remember an answer."""
        values = {"day": self._day, "asked": target.url, "answer": to_json(kept.answer(answer))}
        try:
            self._path.parent.mkdir(exist_ok=True)
            with self._path.open(self._mode, encoding="utf-8") as file:
                file.write(json.dumps(values) + "\n")
        except OSError as error:
            self.problem = not_written(RUN, error.strerror or str(error))
        self._mode = "a"
