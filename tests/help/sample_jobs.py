"""Jobs made by hand: nothing has to be installed for them, and nothing runs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from fieldguide.base.problems import Problems
from fieldguide.model import (
    Check,
    Contract,
    Deviation,
    Distribution,
    Environment,
    FenceJob,
    Group,
    Limits,
    Location,
    Snippet,
    SnippetJob,
)
from fieldguide.pages.account import account, groups
from fieldguide.pages.fences.scan import scan
from fieldguide.running import fence_jobs, jobs

PAGE = "docs/notes.md"
FLASK = Distribution("flask", "3.1.3", ("flask",), True)
ENVIRONMENT = Environment("flask", Path("flask/bin/python"), "3.13.0", "lock", (FLASK,), "print")
PYTHON = replace(ENVIRONMENT, name="python", distributions=())
CONTRACT = Contract(
    "routing",
    tuple(Check(name, f"{name}.", Location("snippets/routing/contract.py", 1)) for name in "ab"),
    "def a(client): pass\ndef b(client): pass\n",
    Location("snippets/routing/contract.py", 1),
)
SNIPPET = Snippet(
    *("routing/flask", "routing", "flask", {"app.py": b"app = 1\n", "a/b.txt": b"\xff"}, "app.py"),
    Location("snippets/routing/flask/app.py", 1),
    (
        Deviation(
            *("b", "It cannot.", Location("snippets/routing/flask/deviations.toml", 1)),
            *("https://a.example", (404,), "404"),
        ),
    ),
)


def snippet_job(server: str | None = None, limits: Limits | None = None) -> SnippetJob:
    """The job of routing/flask."""
    return jobs.job(SNIPPET, CONTRACT, ENVIRONMENT, limits or Limits(), server)


def groups_of(text: str) -> dict[str, Group]:
    """The groups of a page that has no problem, by id."""
    collector = Problems()
    entries = account(collector, scan(PAGE, text).fences, ())
    known = {SNIPPET.id: SNIPPET}
    by_id = {group.id: group for group in groups(collector, entries, {"flask", "bottle"}, known)}
    assert list(collector) == []
    return by_id


def group_job(text: str) -> FenceJob:
    """The job of a page's only group."""
    (group,) = groups_of(text).values()
    environment = ENVIRONMENT if group.env == "flask" else PYTHON
    return fence_jobs.job(group, environment, Limits(), {SNIPPET.id: SNIPPET})
