"""What was seen: of each resource in ``checks.yml``, and of this day's run beside it, so that an
interrupted run goes on where it ended."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any

import yaml

from ..base import atomic
from ..base.problems import ProblemError, not_written
from ..reading.catalogue import CHECKS
from ..reading.model import Seen
from .model import Answer, Page, Target, Verdict

STRIKES = 3
"""Failures on so many days in a row before something is called dead."""

_RUN = ".fieldguide/links.jsonl"
_HEAD = """\
# yaml-language-server: $schema=../../hooks/fieldguide/reading/checks.schema.json
# Written by `fieldguide links`: what it saw of each resource. Nothing in it is written by hand.
"""


def after(before: Seen | None, verdict: Verdict, day: str) -> Seen:
    """What is known of a resource after it was looked at on ``day``."""
    answer, outcome = verdict.answer, verdict.outcome
    kept = before or Seen(day, outcome)
    good = outcome in ("alive", "moved")
    bad = outcome in ("failed", "missing")
    strikes = kept.strikes
    if good:
        strikes = 0
    elif bad and not (kept.first_failure and kept.checked == day):
        strikes += 1
    now = replace(
        kept,
        checked=day,
        outcome=outcome,
        seen=day if good else kept.seen,
        final_url=answer.url if answer.url != verdict.target.url else None,
        code=answer.code,
        note="; ".join(verdict.notes) or None,
        first_failure=None if good else kept.first_failure or (day if bad else None),
        strikes=strikes,
    )
    if not good:  # what it was stays known, so that it stays comparable
        return now
    if answer.page is not None:
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
    shown = {
        id: {key: value for key, value in asdict(known).items() if value != defaults[key]}
        for id, known in sorted(seen.items())
    }
    content = _HEAD + yaml.safe_dump(shown, sort_keys=False, allow_unicode=True, width=100)
    try:
        atomic.write(root / CHECKS, content.encode("utf-8"))
    except OSError as error:
        raise ProblemError(not_written(CHECKS, error.strerror or str(error))) from None


class Run:
    """The answers of one day, kept as they come."""

    def __init__(self, root: Path, day: str) -> None:
        self._path = root / _RUN
        self._day = day

    def known(self) -> dict[str, Answer]:
        """The answers of this day, by address. A line that was cut off is left out."""
        answers: dict[str, Answer] = {}
        if self._path.is_file():
            for line in self._path.read_text("utf-8", "replace").splitlines():
                try:
                    kept = json.loads(line)
                    if kept["day"] == self._day:
                        answers[kept["asked"]] = _answer(kept["answer"])
                except (ValueError, TypeError, KeyError):
                    continue
        return answers

    def keep(self, target: Target, answer: Answer) -> None:
        """Remember an answer."""
        values = asdict(answer)
        if answer.page is not None:
            values["page"]["anchors"] = sorted(answer.page.anchors & target.fragments)
        line = json.dumps({"day": self._day, "asked": target.url, "answer": values})
        self._path.parent.mkdir(exist_ok=True)
        with self._path.open("a", encoding="utf-8") as file:
            file.write(line + "\n")


def _answer(values: dict[str, Any]) -> Answer:
    fields = values.pop("page")
    page = Page(**{**fields, "anchors": frozenset(fields["anchors"])}) if fields else None
    return Answer(**values, page=page)
