"""The order of snippets changes no outcome: each of them right after each, hostile or honest."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from itertools import pairwise
from random import Random

import pytest
from fault_jobs import CASES, case, results

from fieldguide.model import Outcome
from fieldguide.running.sandbox import Mode, sandbox

HONEST = {"next": {Outcome.PASSED}, "wrong": {Outcome.FAILED}}
HOSTILE = (
    "changes-the-limits-of-the-warm-process",
    "changes-the-machines-device-nodes",
    "changes-who-is-served-first",
    "contract-changes-the-limits-of-its-warm-process",
    "contract-poisons-modules",
    "fills-every-place",
    "leaves-a-daemon",
    "leaves-a-port-that-rests",
    "leaves-attributes-on-its-disk",
    "leaves-messages-and-semaphores",
    "locks-its-folder",
    "poisons-the-next",
    "reads-and-plants-keys",
    "removes-its-folder",
    "signals-the-warm-process",
    "slows-the-warm-process",
)


def each_after_each(names: Sequence[str], random: Random) -> list[str]:
    """An order in which every name comes right after every one, itself too, exactly once: a walk
    over all ways between them that ends where it begins (Hierholzer's)."""
    left = {name: random.sample(names, len(names)) for name in names}
    walk, order = [names[0]], list[str]()
    while walk:
        if onward := left[walk[-1]]:
            walk.append(onward.pop())
        else:
            order.append(walk.pop())
    return order[::-1]


@pytest.mark.whole
@pytest.mark.skipif(not sandbox(Mode.AUTO, True).bounded, reason="no sandbox here")
def test_no_order_changes_an_outcome() -> None:
    expected = HONEST | {
        name: set(map(Outcome, tomllib.loads((CASES / name / "case.toml").read_text())["outcome"]))
        for name in HOSTILE
    }
    known = {name: case(name) for name in expected}
    order = [known[name] for name in each_after_each(list(known), Random(20))]
    ran = results(order, Mode.STRICT)
    assert len(ran) == len(order)
    others = [one for one in ran if one.outcome not in expected[one.concept]]
    assert [(one.concept, one.reason) for one in others] == []
    assert len(set(pairwise(one.concept for one in ran))) == len(expected) ** 2
