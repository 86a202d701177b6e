"""Every problem of what ``fieldguide links`` is asked to look at, in words."""

from __future__ import annotations

from collections.abc import Iterable

from ..base.problems import did_you_mean
from ..base.text import count
from ..model import Location, Problem


def nothing_to_look_at(name: str, known: Iterable[str]) -> Problem:
    return Problem(
        Location(name),
        f"this is neither a resource nor a page{did_you_mean(name, known)}",
        "name the id of a resource, a page in docs/, resources or pages",
    )


def page_not_read(at: Location, reason: str) -> Problem:
    return Problem(
        at,
        f"the links of this page were not looked at: {reason}",
        "make the page smaller, or correct its HTML",
    )


def no_network(at: Location, asked: int, reasons: Iterable[str]) -> Problem:
    return Problem(
        at,
        f"no host answers, of {count(asked, 'link')}: nothing is judged, and nothing was written "
        f"({'; '.join(reasons)})",
        "run it again on a machine with a network",
    )
