"""The files of kept passes: torn, damaged, merged, and never a harm."""

from __future__ import annotations

import os
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from passes import (
    A,
    B,
    body_of,
    files,
    named,
    parts,
    passed,
    plant,
    put,
)

from fieldguide.model import Result
from fieldguide.results import cache
from fieldguide.results.cache import FOLDER, Cache


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
