"""Every rule that needs no run, and the account of all fences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from .model import Entry
from .project import Project
from .text import count

_KINDS = {
    "run": "run",
    "shown": "shown from a snippet",
    "not run": "not run",
    "text": "plain text",
    "unaccounted": "unaccounted for",
}


def account(project: Project) -> Iterator[str]:
    """The account in lines: a page, its fences that are not run with their reasons, the sum."""
    for page, entries in project.accounts.items():
        if not entries:
            continue
        yield f"{page}: {_counts(entries)}"
        for entry in entries:
            if entry.kind == "not run":
                at = entry.fence.location
                yield f"  {at.path}:{at.line}: {entry.fence.language}, not run: {entry.reason}"
    every = [entry for entries in project.accounts.values() for entry in entries]
    yield f"{count(len(project.accounts), 'page')}: {_counts(every)}"


def _counts(entries: Iterable[Entry]) -> str:
    """``12 fences: 5 run, 4 shown from a snippet, 3 plain text``."""
    counted = Counter(entry.kind for entry in entries)
    parts = [f"{counted[kind]} {words}" for kind, words in _KINDS.items() if counted[kind]]
    return f"{count(counted.total(), 'fence')}: {', '.join(parts)}" if parts else "no fences"
