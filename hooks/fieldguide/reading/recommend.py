"""Which resources a page recommends, in which order. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .model import GONE, LEVELS, Resource

MOST = 8
"""A page ends with at most so many: a list of everything is no list."""

_STATUS = ("current", "dated", "archived", *GONE)


def about(resources: Iterable[Resource], name: str) -> list[Resource]:
    """Everything that can be read about a concept or a framework, the best first."""
    found = [
        resource
        for resource in resources
        if resource.status not in GONE and name in (*resource.concepts, *resource.frameworks)
    ]
    return sorted(found, key=_order)


def best(resources: Iterable[Resource], name: str) -> Mapping[str, list[Resource]]:
    """The best about a concept or a framework, by level; no level is empty."""
    chosen = about(resources, name)[:MOST]
    levels = {level: [one for one in chosen if one.level == level] for level in LEVELS}
    return {level: those for level, those in levels.items() if those}


def everything(resources: Iterable[Resource]) -> list[Resource]:
    """Everything that can be read, by title."""
    return sorted(
        (resource for resource in resources if resource.status not in GONE),
        key=lambda one: one.title.casefold(),
    )


def gone(resources: Iterable[Resource]) -> list[Resource]:
    """What nobody should follow any more, what ended last first."""
    found = [resource for resource in resources if resource.status in GONE]
    return sorted(found, key=lambda one: (one.ended or "", one.title), reverse=True)


def _order(one: Resource) -> tuple[float, int, int, str]:
    """By rank, then what is current, then what is newest."""
    newest = max(one.updated or 0, one.year or 0)
    rank = one.rank if one.rank is not None else float("inf")
    return rank, _STATUS.index(one.status), -newest, one.title.casefold()
