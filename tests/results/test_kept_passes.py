"""Which kept passes count, by what this machine can put around a run."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from passes import A, B, passed, put

from fieldguide.results import kept_passes
from fieldguide.results.cache import Cache
from fieldguide.results.kept_passes import KeptPasses
from fieldguide.running import sandbox as sandbox_module
from fieldguide.running.sandbox import Machine, Mode, Sandbox

FEW, MANY = ("own process",), ("own process", "no network")


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch) -> list[Mode]:
    """The modes that a sandbox was tried for: this machine can have few layers at most."""
    tries: list[Mode] = []

    def sandbox(mode: Mode, fork: bool) -> Sandbox:
        tries.append(mode)
        return Sandbox(FEW)

    monkeypatch.setattr(sandbox_module, "sandbox", sandbox)
    monkeypatch.setattr(kept_passes, "best", lambda mode, fork: Sandbox(MANY))
    return tries


def kept(root: Path, *layers: tuple[str, ...]) -> KeptPasses:
    put(Cache(root), *(passed(job, layers=had) for job, had in zip((A, B), layers, strict=False)))
    return KeptPasses(Cache(root), Machine(Mode.AUTO, True))


def test_a_pass_with_all_layers_counts_and_nothing_is_tried(
    tmp_path: Path, tried: list[Mode]
) -> None:
    passes = kept(tmp_path, MANY)
    assert passes.get(A) == replace(passed(A, layers=MANY), cached=True)
    assert passes.holds(A)
    assert tried == []


def test_one_with_fewer_counts_where_this_machine_has_no_more(
    tmp_path: Path, tried: list[Mode]
) -> None:
    passes = kept(tmp_path, FEW)
    assert not passes.holds(A)
    assert passes.get(A) is not None
    assert passes.holds(A)
    assert passes.sandbox == Sandbox(FEW)


def test_what_is_missing_is_tried_for_once(tmp_path: Path, tried: list[Mode]) -> None:
    passes = kept(tmp_path)
    assert passes.get(A) is None
    assert passes.get(B) is None
    assert tried == [Mode.AUTO]


def test_one_with_too_few_does_not_count(tmp_path: Path, tried: list[Mode]) -> None:
    assert kept(tmp_path, ()).get(A) is None
