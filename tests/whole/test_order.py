"""The order of snippets changes no outcome: each of them right after each, hostile or honest."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from miniature import files_of

from fieldguide.environments import prepare
from fieldguide.model import (
    Check,
    Contract,
    Defect,
    Job,
    Limits,
    Location,
    Lost,
    Outcome,
    Reply,
    Snippet,
    SnippetJob,
)
from fieldguide.results import of_snippets
from fieldguide.running import jobs
from fieldguide.running.pool import Pool
from fieldguide.running.sandbox import Mode, sandbox

CASES = Path(__file__).parents[1] / "cases/faults"
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


def job(name: str) -> SnippetJob:
    """A case with its own contract, or an honest snippet with the shared one."""
    folder = CASES / name
    files = files_of(folder) if folder.is_dir() else {"app.py": (CASES / f"{name}.py").read_bytes()}
    source = files.pop("contract.py", (CASES / "contract.py").read_bytes()).decode("utf-8")
    at = Location(f"snippets/{name}/contract.py", 1)
    contract = Contract(name, (Check("test_it_answers_ok", "It answers.", at),), source, at)
    snippet = Snippet(f"{name}/python", name, "python", files, "app.py", at)
    return jobs.job(snippet, contract, prepare.bare(), Limits())


@pytest.mark.whole
@pytest.mark.skipif(not sandbox(Mode.AUTO, True).bounded, reason="no sandbox here")
def test_no_order_changes_an_outcome() -> None:
    expected = HONEST | {
        name: set(map(Outcome, tomllib.loads((CASES / name / "case.toml").read_text())["outcome"]))
        for name in HOSTILE
    }
    known = {name: job(name) for name in expected}
    order: list[Job] = [known[name] for name in each_after_each(list(known), Random(20))]
    ran: list[tuple[str, Outcome, str]] = []

    def done(job: Job, reply: Reply | Lost | Defect) -> None:
        assert isinstance(job, SnippetJob)
        assert not isinstance(reply, Defect)
        result = of_snippets.result(job, reply, ())
        ran.append((job.snippet.concept, result.outcome, result.reason))

    Pool({}, 1, sandbox(Mode.STRICT, True), True).run(order, done)
    assert len(ran) == len(order)
    assert [(name, reason) for name, outcome, reason in ran if outcome not in expected[name]] == []
    assert len(set(pairwise(name for name, _, _ in ran))) == len(expected) ** 2
