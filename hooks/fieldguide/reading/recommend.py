"""Which resources a page recommends, and in which order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .model import GONE, LEVELS, Resource

MOST = 8
"""A page ends with at most so many: a list of everything is no list."""

_STATUS = ("current", "dated", "archived", *GONE)


def about(resources: Iterable[Resource], name: str) -> list[Resource]:
    """Everything that can be read about a concept or a framework, the best first."""
    readable = (
        resource
        for resource in resources
        if resource.status not in GONE and name in (*resource.concepts, *resource.frameworks)
    )
    return sorted(readable, key=_order)


def best(resources: Iterable[Resource], name: str) -> Mapping[str, list[Resource]]:
    """The best about a concept or a framework, by level; no level is empty."""
    chosen = about(resources, name)[:MOST]
    levels = {
        level: [resource for resource in chosen if resource.level == level] for level in LEVELS
    }
    return {level: resources for level, resources in levels.items() if resources}


def everything(resources: Iterable[Resource]) -> list[Resource]:
    """Everything that can be read, by title."""
    return sorted(
        (resource for resource in resources if resource.status not in GONE),
        key=lambda resource: resource.title.casefold(),
    )


def gone(resources: Iterable[Resource]) -> list[Resource]:
    """What nobody should follow any more, what ended last first."""
    graves = (resource for resource in resources if resource.status in GONE)
    return sorted(graves, key=lambda resource: (resource.ended or "", resource.title), reverse=True)


def _order(resource: Resource) -> tuple[float, int, int, str]:
    """By rank, then what is current, then what is newest."""
    newest = max(resource.updated or 0, resource.year or 0)
    rank = resource.rank if resource.rank is not None else float("inf")
    return rank, _STATUS.index(resource.status), -newest, resource.title.casefold()
