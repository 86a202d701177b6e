"""Passes by key: which are kept, and what in a folder that anybody can write is no pass."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from passes import (
    DEVIATION,
    ENTRY,
    LAYERS,
    SNIPPET,
    A,
    B,
    C,
    body_of,
    files,
    job,
    named,
    parts,
    passed,
    plant,
    put,
)

from fieldguide.base.json_records import to_json
from fieldguide.model import Failure, Outcome, Result
from fieldguide.results import cache
from fieldguide.results.cache import FOLDER, Cache

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


def test_a_torn_last_line_is_a_miss(tmp_path: Path) -> None:
    put(Cache(tmp_path), passed(A), passed(B))
    (path,) = files(tmp_path)
    content = path.read_bytes()
    start_of_b = content.index(b"\n") + 1
    for cut in (1, 2, 3, 40, 400, len(content) - start_of_b - 1, len(content) - start_of_b):
        path.write_bytes(content[:-cut])
        kept = Cache(tmp_path)
        assert kept.get(A) == passed(A)
        # Without its newline alone, a line is still whole.
        assert kept.get(B) == (passed(B) if cut == 1 else None)


def test_after_a_torn_line_the_next_run_keeps_it_again(tmp_path: Path) -> None:
    put(Cache(tmp_path), passed(A))
    (path,) = files(tmp_path)
    path.write_bytes(path.read_bytes()[:-9])
    put(Cache(tmp_path), passed(A))
    assert Cache(tmp_path).get(A) == passed(A)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(place=st.floats(0, 1, exclude_max=True), flip=st.integers(1, 255))
def test_a_flipped_byte_is_a_miss_of_its_own_line_only(
    tmp_path: Path, place: float, flip: int
) -> None:
    content = bytearray(plant(tmp_path, body_of(passed(A)), body_of(passed(B))).read_bytes())
    end_of_a = content.index(b"\n")
    where = int(place * len(content))
    content[where] ^= flip
    (tmp_path / FOLDER / "planted.jsonl").write_bytes(content)
    kept = Cache(tmp_path)
    # Without the line break between them, both are one line, and that is nothing.
    assert kept.get(A) == (passed(A) if where > end_of_a else None)
    assert kept.get(B) == (passed(B) if where < end_of_a else None)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.binary(max_size=80) | st.sampled_from([b"\n", b" ", b"{}", b"\x00"])))
def test_no_content_of_a_file_harms(tmp_path: Path, pieces: list[bytes]) -> None:
    plant(tmp_path, body_of(passed(A)))
    (tmp_path / FOLDER / "zzz.jsonl").write_bytes(b"".join(pieces))
    kept = Cache(tmp_path)
    assert kept.get(A) == passed(A)
    assert kept.get(B) is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=9),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
        max_leaves=9,
    ),
    st.sampled_from([field.name for field in fields(Result)]),
)
def test_another_schema_is_a_miss(tmp_path: Path, value: object, field: str) -> None:
    plant(tmp_path, body_of(passed(A), **{field: value}), body_of(passed(B)))
    kept = Cache(tmp_path)
    # What the outcome does not depend on may be anything of its type.
    free = ("output", "seconds", "versions", "reason", "served", "layers", "cached")
    assert kept.get(A) in (None, passed(A)) or field in free
    assert kept.get(B) == passed(B)


@pytest.mark.parametrize(
    "body",
    [
        b'{"key": "%s", "colour": "green"}',
        b'{"key": "%s"}',
        b'[{"key": "%s"}]',
        b'"key": "%s"',
        b'{"key": "%s", "checks": ' + b"[" * 100_000,
        b'{"key": "%s", "id": ' + b"9" * 5000 + b"}",
    ],
    ids=lambda body: body[:24].decode(),
)
def test_a_line_that_is_no_result_is_a_miss(tmp_path: Path, body: bytes) -> None:
    plant(tmp_path, body.replace(b"%s", A.key.encode()))
    assert Cache(tmp_path).get(A) is None


@pytest.mark.skipif(os.name == "nt", reason="a POSIX file system")
def test_what_is_no_file_is_not_read(tmp_path: Path) -> None:
    plant(tmp_path, body_of(passed(A)))
    folder = tmp_path / FOLDER
    (folder / "folder.jsonl").mkdir()
    (folder / "nowhere.jsonl").symlink_to("nowhere")
    (folder / "endless.jsonl").symlink_to("/dev/zero")
    (folder / "circle.jsonl").symlink_to("circle.jsonl")
    os.mkfifo(folder / "silent.jsonl")
    assert Cache(tmp_path).get(A) == passed(A)


def test_files_merge_by_concatenation_and_by_copying(tmp_path: Path) -> None:
    for machine, one in (("one", A), ("two", B)):
        put(Cache(tmp_path / machine), passed(one))
    contents = [files(tmp_path / one)[0].read_bytes() for one in ("one", "two", "one")]
    for name, copies in (("both", [b"".join(contents)]), ("copied", contents)):
        (tmp_path / name / FOLDER).mkdir(parents=True)
        for number, content in enumerate(copies):
            (tmp_path / name / FOLDER / f"{number}.jsonl").write_bytes(content)
        assert Cache(tmp_path / name).get(A) == passed(A)
        assert Cache(tmp_path / name).get(B) == passed(B)


def test_many_files_become_one(tmp_path: Path) -> None:
    many = [named(f"number-{number}") for number in range(cache._FILES + 1)]
    for one in many:
        put(Cache(tmp_path), passed(one))
        assert len(files(tmp_path)) <= cache._FILES
    kept = Cache(tmp_path)
    assert all(kept.get(one) for one in many)
    assert parts(tmp_path) == []


def test_what_another_engine_merges_meanwhile_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number, one in enumerate((A, B)):
        plant(tmp_path, body_of(passed(one)), name=f"{number}.jsonl")
    read, merged = Path.read_bytes, list[Path]()

    def late(path: Path) -> bytes:
        if not merged:  # after the folder was listed, and before its first file is read
            merged.append(plant(tmp_path, body_of(passed(A)), body_of(passed(B)), name="z.jsonl"))
            for old in ("0.jsonl", "1.jsonl"):
                (tmp_path / FOLDER / old).unlink()
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", late)
    kept = Cache(tmp_path)
    assert (kept.get(A), kept.get(B)) == (passed(A), passed(B))


def test_merging_loses_nothing_that_another_engine_wrote_meanwhile(tmp_path: Path) -> None:
    early = Cache(tmp_path)
    assert early.get(A) is None  # it has read the folder
    others = [named(f"number-{number}") for number in range(cache._FILES)]
    for one in others:
        put(Cache(tmp_path), passed(one))
    put(early, passed(A))  # merges, and removes what it never read at its start
    assert len(files(tmp_path)) == 1
    kept = Cache(tmp_path)
    assert all(kept.get(one) for one in [A, *others])


# Who can write the folder: what is a forgery of a pass and still a miss


FORGERIES: dict[str, Callable[[Result], dict[str, Any]]] = {
    "an outcome that is no pass": lambda r: {"outcome": "failed"},
    "no outcome": lambda r: {"outcome": None},
    "no checks": lambda r: {"checks": []},
    "a check too few": lambda r: {"checks": to_json(r)["checks"][:1]},
    "a check twice": lambda r: {"checks": to_json(r)["checks"][:1] * 2},
    "a check too many": lambda r: {"checks": to_json(r)["checks"] * 2},
    "checks in another order": lambda r: {"checks": to_json(r)["checks"][::-1]},
    "a check that failed": lambda r: {
        "checks": [{**to_json(r)["checks"][0], "outcome": "failed"}, to_json(r)["checks"][1]]
    },
    "a deviation that nobody declared": lambda r: {
        "checks": [
            {**to_json(r)["checks"][0], "outcome": "failed", "deviation": "it cannot"},
            to_json(r)["checks"][1],
        ]
    },
    "another claim": lambda r: {
        "checks": [
            {**one, "check": {**one["check"], "claim": "It is safe."}}
            for one in to_json(r)["checks"]
        ]
    },
    "a failure": lambda r: {"failure": to_json(Failure(ENTRY, "no"))},
    "another snippet": lambda r: {"id": "routing/bottle"},
    "another framework": lambda r: {"framework": "bottle"},
    "another concept": lambda r: {"concept": "templates"},
    "another server": lambda r: {"server": "gunicorn"},
    "another key inside": lambda r: {"key": B.key},
    "other source": lambda r: {"source": "0" * 32},
    "no source": lambda r: {"source": ""},
    "other inputs": lambda r: {"inputs": {**r.inputs, "lock": "other"}},
    "no inputs": lambda r: {"inputs": {}},
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_what_no_passing_run_leaves_is_a_miss(tmp_path: Path, forgery: str) -> None:
    body = body_of(passed(A), **FORGERIES[forgery](passed(A)))
    if b'"key": "%s"' % A.key.encode() not in body:  # put it under the right key all the same
        body = b'{"key": "%s", ' % A.key.encode() + body[1:]
    plant(tmp_path, body)
    assert Cache(tmp_path).get(A) is None


def test_a_forgery_does_not_hide_a_pass(tmp_path: Path) -> None:
    plant(tmp_path, body_of(passed(A)), name="1.jsonl")
    plant(tmp_path, body_of(passed(A), checks=[]), name="2.jsonl")
    assert Cache(tmp_path).get(A) == passed(A)


def test_a_pass_of_one_job_is_none_of_another(tmp_path: Path) -> None:
    body = body_of(passed(A)).replace(A.key.encode(), B.key.encode())
    plant(tmp_path, body)
    assert Cache(tmp_path).get(B) is None


def test_a_deviation_that_is_no_longer_declared_is_a_miss(tmp_path: Path) -> None:
    declared = job(replace(SNIPPET, deviations=(DEVIATION,)))
    plant(tmp_path, body_of(passed(declared), key=job().key, inputs=dict(job().inputs)))
    assert Cache(tmp_path).get(job()) is None
