"""Passes by key: which are kept, and which are found."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from passes import (
    DEVIATION,
    LAYERS,
    SNIPPET,
    A,
    B,
    C,
    body_of,
    files,
    job,
    passed,
    plant,
    put,
)

from fieldguide.model import Outcome
from fieldguide.results.cache import Cache

# What is kept


def test_a_pass_is_kept(tmp_path: Path) -> None:
    assert put(Cache(tmp_path), passed(A), passed(B)) == []
    assert Cache(tmp_path).get(A) == passed(A)
    assert Cache(tmp_path).get(B) == passed(B)
    assert Cache(tmp_path).get(C) is None


def test_a_pass_with_a_deviation_is_kept(tmp_path: Path) -> None:
    one = job(replace(SNIPPET, deviations=(DEVIATION,)))
    put(Cache(tmp_path), passed(one))
    assert Cache(tmp_path).get(one) == passed(one)


def test_a_pass_is_there_at_once(tmp_path: Path) -> None:
    kept = Cache(tmp_path)
    assert kept.get(A) is None
    put(kept, passed(A))
    assert kept.get(A) == passed(A)


@pytest.mark.parametrize("outcome", [one for one in Outcome if one is not Outcome.PASSED])
def test_nothing_but_a_pass_is_kept(tmp_path: Path, outcome: Outcome) -> None:
    put(Cache(tmp_path), passed(A, outcome=outcome))
    assert Cache(tmp_path).get(A) is None
    assert files(tmp_path) == []


def test_what_came_from_the_cache_is_not_written_again(tmp_path: Path) -> None:
    put(Cache(tmp_path), passed(A))
    put(Cache(tmp_path), passed(A, cached=True))
    assert len(files(tmp_path)) == 1


def test_fewer_layers_than_required_are_a_miss(tmp_path: Path) -> None:
    put(Cache(tmp_path), passed(A))
    kept = Cache(tmp_path)
    for layers in ((), ("no network",), LAYERS, reversed(LAYERS)):
        assert kept.get(A, layers) == passed(A)
    assert kept.get(A, (*LAYERS, "own file system")) is None


def test_the_pass_with_enough_layers_is_found_among_several(tmp_path: Path) -> None:
    more = passed(A, layers=(*LAYERS, "own file system"))
    for number, result in enumerate([passed(A), more, passed(A)]):
        plant(tmp_path, body_of(result), name=f"{number}.jsonl")
    assert Cache(tmp_path).get(A, more.layers) == more


# Files
# Who can write the folder: what is a forgery of a pass and still a miss
