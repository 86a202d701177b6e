"""What a run of the link checker prints, and its exit status."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..base.problems import line
from ..base.text import count, one_line
from ..reading.catalogue import CHECKS
from . import seen
from .check import SEVERITY, Looked
from .model import Verdict

_OURS = (CHECKS, seen.RUN)
"""What is kept of earlier runs: it costs no link its answer."""


def lines(looked: Looked) -> Iterator[str]:
    """Each finding at its place with the next act, the worst first; then the sum by outcome."""
    for verdict in looked.verdicts:
        if verdict.outcome != "alive":
            yield _finding(verdict, looked)
    counted = Counter(verdict.outcome for verdict in looked.verdicts)
    parts = [f"{counted[name]} {name}" for name in SEVERITY if counted[name]]
    total = count(len(looked.verdicts), "link")
    yield f"{total}: {', '.join(parts) or 'nothing to look at'}"
    if not looked.pages:
        yield "The guides' links were not looked at, there is no site/. Next: make build."
    yield from map(line, looked.problems)
    if looked.interrupted:
        yield "Interrupted; what was seen is kept. Next: run it again, and it goes on."
    if looked.late:
        left = count(looked.late, "link")
        yield (
            f"The time was up before {left} could be asked for; what was seen is kept. "
            "Next: run it again, and it goes on."
        )
    if looked.silent:
        left = count(looked.silent, "link")
        yield (
            f"No host answers any more: no verdict on {left}; what was seen is kept. "
            "Next: run it again on a machine with a network."
        )


def status(looked: Looked) -> int:
    """The exit status: 1 where a person has to act, 3 where something moved or failed once, or was
    not asked for."""
    worst = max((SEVERITY[verdict.outcome] for verdict in looked.verdicts), default=0)
    dead = any(_strikes(verdict, looked) >= seen.STRIKES for verdict in looked.verdicts)
    unseen = any(problem.location.path not in _OURS for problem in looked.problems)
    if dead or worst == 2 or unseen:
        return 1
    return 3 if worst or looked.interrupted or looked.late or looked.silent else 0


def _finding(verdict: Verdict, looked: Looked) -> str:
    """``docs/a.md:7: missing: https://example.org/: 404. Next: correct the address.``"""
    at = verdict.target.places[0] if verdict.target.places else None
    where = f"{at.path}:{at.line}" if at and at.line else at.path if at else "links"
    message = f"{where}: {verdict.outcome}: {verdict.target.url}: {'; '.join(verdict.notes)}"
    return one_line(f"{message}. Next: {_next(verdict, looked)}.")


def _next(verdict: Verdict, looked: Looked) -> str:
    """What a person has to do about a verdict."""
    copy = looked.archived.get(verdict.target.url)
    kept = f"; there is an archived copy, {copy}" if copy else ""
    strikes = _strikes(verdict, looked)
    if verdict.outcome in ("failed", "missing") and strikes >= seen.STRIKES:
        since = looked.seen[verdict.target.resources[0]].first_failure
        return f'write "status: dead" with the reason, it is so since {since}{kept}'
    match verdict.outcome:
        case "moved" if verdict.replacement is None:
            return "open it, and write by hand where it leads: that address needs quoting"
        case "moved":
            return "fieldguide links --fix"
        case "changed" if verdict.target.resources:
            accept = f"fieldguide links --accept {verdict.target.resources[0]}"
            return f'open it; if it is well, {accept}; if not, write "status: hijacked"'
        case "changed":
            return "open it, and link to what was meant"
        case "unknown":
            return "open it in a browser"
        case "failed":
            return f"wait for another day, or correct the address{kept}"
        case _:
            return f"correct the address{kept}"


def _strikes(verdict: Verdict, looked: Looked) -> int:
    """On how many days in a row the resources of a link have failed."""
    return max((looked.seen[id].strikes for id in verdict.target.resources), default=0)
