"""Groups of fences to jobs: their steps for the worker, and the key of their result."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping

from ..base import digests
from ..model import Environment, FenceJob, Group, Limits, Snippet
from ..pages.groups import checks, digest, step, steps, twice
from . import jobs
from .again import circumstances


def job(
    group: Group,
    environment: Environment,
    limits: Limits,
    snippets: Mapping[str, Snippet],
) -> FenceJob:
    """The group's job, with the key under which its result is kept.

    The key holds neither line numbers nor the prose of the page: an edit of prose runs nothing.
    """
    app = snippets.get(group.app)
    source = digest(group, snippets)
    inputs = {"fences": source, **jobs.surroundings(environment, limits)}
    if again := twice(group):
        moved = circumstances.second().moved
        inputs["second run"] = "under another clock" if moved else "under the same clock"
    name = group.app if app else ""
    told = tuple(step(entry.fence, name) for entry, _ in steps(group))
    if any(each["kind"] == "console" for each in told):
        # What another shell has printed is no proof of what this one prints.
        inputs["shell"] = shutil.which("bash", path=os.defpath) or "sh"
    return FenceJob(
        group=group,
        steps=told,
        checks=checks(group),
        files=app.files if app else {},
        main=app.main if app else "",
        environment=environment,
        limits=limits,
        key=digests.digest(json.dumps(inputs, sort_keys=True).encode("utf-8")),
        inputs=inputs,
        source=source,
        twice=again,
    )
