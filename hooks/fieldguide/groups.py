"""Groups of fences as jobs: what the worker is told to do, and what the result's key is made of."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from functools import cache
from typing import Any

from . import doctests, jobs, problems, transcripts, wire
from .accounts import part
from .matching import SourceError
from .model import (
    Check,
    Contract,
    Entry,
    Environment,
    Fence,
    Group,
    Job,
    Limits,
    Location,
    Problem,
    Snippet,
)

KINDS: Mapping[str, Any] = {"pycon": doctests, "console": transcripts, "http": wire}
"""The modules that read a fence of that kind, and hold it against what came."""


COMPARING = (
    *("bodies", "dialogue", "doctests", "examples", "groups", "matching", "normalise"),
    *("outcomes", "outputs", "shell", "transcripts", "values", "wire"),
)
"""The engine's own modules between what came and its outcome."""


def kind(fence: Fence) -> str:
    """What a fence of a group is to the worker: ``file``, ``python``, ``pycon`` ..."""
    return "file" if fence.options.file else fence.language


def steps(group: Group) -> Iterator[tuple[Entry, Entry | None]]:
    """What is done, in order: each fence but expected outputs, and that of its own, if any."""
    entries = [one for one in group.entries if not one.fence.options.output]
    outputs = {one.check: one for one in group.entries if one.fence.options.output}
    for entry in entries:
        yield entry, outputs.get(entry.check) if entry.check else None


def misread(group: Group) -> Iterator[Problem]:
    """What cannot be read in its transcripts, doctests and exchanges."""
    for entry, _ in steps(group):
        fence = entry.fence
        if kind(fence) in KINDS:
            try:
                KINDS[kind(fence)].parse(fence.source)
            except SourceError as error:
                at = line(fence, error.line)
                yield problems.bad_fence(at, error.message, error.next)


def checks(group: Group) -> tuple[Check, ...]:
    """A check for each fence that is run."""
    return tuple(
        Check(entry.check, f"{entry.fence.language} fence", entry.fence.location)
        for entry, _ in steps(group)
        if entry.check
    )


def line(fence: Fence, number: int) -> Location:
    """Where a line of the fence's source stands, counted from 0; the nearest for one outside."""
    if not fence.lines:
        return fence.location
    return fence.lines[min(max(number, 0), len(fence.lines) - 1)]


def job(
    group: Group,
    environment: Environment,
    limits: Limits,
    snippets: Mapping[str, Snippet],
) -> Job:
    """The group's job, with the key under which its result is kept.

    Neither its lines nor the prose around it are part of the key: an edit of them runs nothing.
    """
    app = snippets.get(group.app)
    files = dict(app.files) if app else {}
    concept = part(group.page)
    snippet = Snippet(
        id=group.id,
        concept=concept,
        framework=group.env,
        files=files,
        entry=app.entry if app else "",
        location=group.location,
    )
    contract = Contract(concept, checks(group), "", group.location)
    inputs = {
        "fences": digest(group, snippets),
        "comparing": _comparing(),
        **jobs.surroundings(environment, limits),
    }
    key = jobs.digest(json.dumps(inputs, sort_keys=True).encode("utf-8"))
    told = tuple(_step(entry.fence, bool(app)) for entry, _ in steps(group))
    source = digest(group, snippets)
    return Job(snippet, contract, environment, limits, key, inputs, source, group=group, steps=told)


@cache
def _comparing() -> str:
    return jobs.modules_digest(COMPARING)


def digest(group: Group, snippets: Mapping[str, Snippet]) -> str:
    """Digest of what a page shows of it: code, files, expectations, and what answers it."""
    app = snippets.get(group.app)
    parts = [
        group.id,
        group.env,
        [[f.language, asdict(f.options), f.source] for f in (one.fence for one in group.entries)],
        [app.entry, jobs.files_digest(app.files)] if app else None,
    ]
    return jobs.digest(json.dumps(parts).encode("utf-8"))


def _step(fence: Fence, has_app: bool) -> Mapping[str, Any]:
    """What the worker is told of one fence."""
    options, what = fence.options, kind(fence)
    if what == "file":
        content = base64.b64encode(f"{fence.source}\n".encode()).decode("ascii")
        return {"kind": what, "path": options.file, "content": content}
    if what == "python":
        return {
            "kind": what,
            "source": fence.source,
            "raises": options.raises,
            "async": options.asynchronous,
        }
    module = KINDS[what]
    told = {"kind": what, **module.message(module.parse(fence.source))}
    return {**told, "snippet": has_app} if what == "http" else told
