"""Where what is superseded leads in the end: each chain of resources is followed once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .model import Resource

_SHOWN = 20
"""So many resources of a circle are named."""


@dataclass(frozen=True, slots=True)
class Successors:
    """The ends of all chains, by the id of the resource where one starts."""

    ends: dict[str, Resource | None] = field(default_factory=dict)
    """The last resource of the chain, which may be the first; None where there is none."""
    circles: dict[str, tuple[list[str], int]] = field(default_factory=dict)
    """The circle that a resource is in, and its place there."""

    def circle(self, id: str) -> list[str] | None:
        """The ids from a resource back to it; None where it is in no circle."""
        if id not in self.circles:
            return None
        circle, at = self.circles[id]
        shown = [circle[(at + step) % len(circle)] for step in range(min(len(circle), _SHOWN))]
        return [*shown, *([] if len(shown) == len(circle) else ["..."]), id]


def follow(resources: Mapping[str, Resource]) -> Successors:
    """Every chain, to its end or back into itself."""
    followed = Successors()
    for resource in resources.values():
        chain: dict[str, int] = {}
        last, at = resource, resources.get(resource.id)
        while at is not None and at.id not in chain and at.id not in followed.ends:
            chain[at.id] = len(chain)
            last, at = at, resources.get(at.superseded_by or "")
        if at is None:
            end = last if last.superseded_by is None else None
        elif at.id in chain:
            circle = list(chain)[chain[at.id] :]
            followed.circles.update((id, (circle, place)) for place, id in enumerate(circle))
            end = None
        else:
            end = followed.ends[at.id]
        followed.ends.update(dict.fromkeys(chain, end))
    return followed
