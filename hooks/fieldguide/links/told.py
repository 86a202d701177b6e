"""What a run of the link checker says, and how it ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from . import record
from .model import Verdict
from .run import SEVERITY, Looked


def lines(looked: Looked) -> Iterator[str]:
    """Each finding at its place with the next act, the worst first; then the sum by outcome."""
    for one in looked.verdicts:
        if one.outcome != "alive":
            yield _finding(one, looked)
    counted = Counter(one.outcome for one in looked.verdicts)
    parts = [f"{counted[name]} {name}" for name in SEVERITY if counted[name]]
    total = len(looked.verdicts)
    yield f"{total} link{'s' * (total != 1)}: {', '.join(parts) or 'nothing to look at'}"
    if not looked.pages:
        yield "The guides' links were not looked at, there is no site/. Next: make build."
    if looked.interrupted:
        yield "Interrupted; what was seen is kept. Next: run it again, and it goes on."


def status(looked: Looked) -> int:
    """The exit status: 1 where a person has to act, 3 where something moved or failed once."""
    worst = max((SEVERITY[one.outcome] for one in looked.verdicts), default=0)
    dead = any(_strikes(one, looked) >= record.STRIKES for one in looked.verdicts)
    return 1 if dead or worst == 2 else 3 if worst else 0


def _finding(one: Verdict, looked: Looked) -> str:
    at = one.target.places[0] if one.target.places else None
    where = f"{at.path}:{at.line}" if at and at.line else at.path if at else "links"
    said = f"{where}: {one.outcome}: {one.target.url}: {'; '.join(one.notes)}"
    return f"{said}. Next: {_next(one, looked)}."


def _next(one: Verdict, looked: Looked) -> str:
    copy = looked.archived.get(one.target.url)
    kept = f"; there is an archived copy, {copy}" if copy else ""
    strikes = _strikes(one, looked)
    if one.outcome in ("failed", "missing") and strikes >= record.STRIKES:
        since = looked.seen[one.target.resources[0]].first_failure
        return f'write "status: dead" with the reason, it is so since {since}{kept}'
    match one.outcome:
        case "moved":
            return "fieldguide links --fix"
        case "changed" if one.target.resources:
            accept = f"fieldguide links --accept {one.target.resources[0]}"
            return f'open it; if it is well, {accept}; if not, write "status: hijacked"'
        case "changed":
            return "open it, and link to what was meant"
        case "unknown":
            return "open it in a browser"
        case "failed":
            return f"wait for another day, or correct the address{kept}"
        case _:
            return f"correct the address{kept}"


def _strikes(one: Verdict, looked: Looked) -> int:
    return max((looked.seen[id].strikes for id in one.target.resources), default=0)
