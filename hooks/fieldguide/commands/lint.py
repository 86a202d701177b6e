"""The verb ``lint``: the account of all fences, in lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from ..base.text import count
from ..model import Entry, Fate
from ..project.record import Project

_WORDS = {
    Fate.RUN: "run",
    Fate.SHOWN: "shown from a snippet",
    Fate.NOT_RUN: "not run",
    Fate.TEXT: "plain text",
    Fate.UNACCOUNTED: "unaccounted for",
}


def account(project: Project) -> Iterator[str]:
    """The account in lines: a page, and its fences that are not run, with their reasons."""
    for page, entries in project.accounts.items():
        if not entries:
            continue
        yield f"{page}: {_counts(entries)}"
        for entry in entries:
            if entry.fate is Fate.NOT_RUN:
                at = entry.fence.location
                yield f"  {at.path}:{at.line}: {entry.fence.language}, not run: {entry.reason}"


def total(project: Project) -> str:
    """``37 pages: 319 fences: 246 run, 73 plain text``: the account of all pages in one line."""
    site = [entry for entries in project.accounts.values() for entry in entries]
    return f"{count(len(project.accounts), 'page')}: {_counts(site)}"


def _counts(entries: Iterable[Entry]) -> str:
    """``12 fences: 5 run, 4 shown from a snippet, 3 plain text``."""
    counted = Counter(entry.fate for entry in entries)
    parts = [f"{counted[fate]} {words}" for fate, words in _WORDS.items() if counted[fate]]
    return f"{count(counted.total(), 'fence')}: {', '.join(parts)}" if parts else "no fences"
