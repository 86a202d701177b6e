"""Chains of resources that supersede each other, and where they end."""

from __future__ import annotations

from dataclasses import replace

from bounded import processor
from reading_lists import ONE

from fieldguide.reading.model import Resource
from fieldguide.reading.successors import follow


def resources(**superseded_by: str | None) -> dict[str, Resource]:
    return {id: replace(ONE, id=id, superseded_by=by) for id, by in superseded_by.items()}


def test_every_chain_has_its_end_or_its_circle() -> None:
    known = resources(a="b", b="c", c=None, d="nowhere", e="d", f="g", g="h", h="g")
    followed = follow(known)
    assert {id: end and end.id for id, end in followed.ends.items()} == {
        **{"a": "c", "b": "c", "c": "c", "d": None},
        **{"e": None, "f": None, "g": None, "h": None},
    }
    assert {id: followed.circle(id) for id in known} == {
        **dict.fromkeys("abcdef"),
        "g": ["g", "h", "g"],
        "h": ["h", "g", "h"],
    }


def test_chains_of_thousands_are_followed_once() -> None:
    many = 20_000
    chain = resources(**{f"r{n}": f"r{n + 1}" for n in range(many)}, **{f"r{many}": None})
    circle = resources(**{f"r{n}": f"r{(n + 1) % many}" for n in range(many)})
    with processor():
        assert follow(chain).ends["r0"] == chain[f"r{many}"]
        followed = follow(circle)
        named = [followed.circle(id) for id in circle]
    assert named[-1] is not None
    assert [named[-1][0], named[-1][1], *named[-1][-2:]] == ["r19999", "r0", "...", "r19999"]
