"""Every problem of what ``fieldguide links`` is asked to look at, in words."""

from __future__ import annotations

from collections.abc import Iterable

from ..base.problems import did_you_mean
from ..model import Location, Problem


def nothing_to_look_at(name: str, known: Iterable[str]) -> Problem:
    return Problem(
        Location(name),
        f"this is neither a resource nor a page{did_you_mean(name, known)}",
        "name the id of a resource, a page in docs/, resources or pages",
    )
