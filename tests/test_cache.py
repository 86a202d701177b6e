"""Results by key: what is kept, what is a miss, and what changes a key."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import samples

from fieldguide import cache, jobs
from fieldguide.cache import FOLDER, REPORT, Cache
from fieldguide.model import (
    Check,
    Contract,
    Deviation,
    Environment,
    Job,
    Limits,
    Location,
    Outcome,
    Report,
    Result,
    Snippet,
)
from fieldguide.problems import line

ENTRY = Location("snippets/routing/flask/app.py", 1)
SNIPPET = Snippet("routing/flask", "routing", "flask", {"app.py": b"app = 1\n"}, "app.py", ENTRY)
PLACE = Location("snippets/routing/contract.py")
CONTRACT = Contract("routing", (Check("test_a", "A.", PLACE),), "def test_a(client): ...\n", PLACE)
ENVIRONMENT = Environment("flask", Path("bin/python"), "3.13.0", "lock", (), "fingerprint")
DEVIATION = Deviation("test_a", "it cannot", Location("snippets/routing/flask/deviations.toml", 1))


def passed(key: str, **changes: Any) -> Result:
    return samples.result(samples.check(), key=key, **changes)


def files(root: Path) -> list[Path]:
    return sorted((root / FOLDER).glob("*.jsonl"))


def test_a_pass_is_kept(tmp_path: Path) -> None:
    assert Cache(tmp_path).put([passed("a"), passed("b")]) is None
    assert Cache(tmp_path).get("a") == passed("a")
    assert Cache(tmp_path).get("b") == passed("b")
    assert Cache(tmp_path).get("c") is None


def test_a_pass_is_there_at_once(tmp_path: Path) -> None:
    kept = Cache(tmp_path)
    assert kept.get("a") is None
    kept.put([passed("a")])
    assert kept.get("a") == passed("a")


@pytest.mark.parametrize("outcome", [one for one in Outcome if one is not Outcome.PASSED])
def test_nothing_but_a_pass_is_kept(tmp_path: Path, outcome: Outcome) -> None:
    Cache(tmp_path).put([passed("a", outcome=outcome)])
    assert Cache(tmp_path).get("a") is None
    assert files(tmp_path) == []


def test_what_came_from_the_cache_is_not_written_again(tmp_path: Path) -> None:
    Cache(tmp_path).put([passed("a")])
    Cache(tmp_path).put([passed("a", cached=True)])
    assert len(files(tmp_path)) == 1


def test_a_torn_last_line_is_a_miss(tmp_path: Path) -> None:
    Cache(tmp_path).put([passed("a"), passed("b")])
    (path,) = files(tmp_path)
    content = path.read_bytes()
    for cut in (1, 2, 40, 400):
        path.write_bytes(content[:-cut])
        kept = Cache(tmp_path)
        assert kept.get("a") == passed("a")
        # Without its newline alone, a line is still whole.
        assert kept.get("b") == (passed("b") if cut == 1 else None)


def test_a_changed_byte_is_a_miss_of_its_own_line_only(tmp_path: Path) -> None:
    Cache(tmp_path).put([passed("a"), passed("b")])
    (path,) = files(tmp_path)
    content = path.read_bytes()
    end = content.index(b"\n")
    for place in [*range(0, end, 97), content.index(b'"key"')]:
        changed = bytearray(content)
        changed[place] ^= 1
        path.write_bytes(changed)
        kept = Cache(tmp_path)
        assert kept.get("a") is None
        assert kept.get("b") == passed("b")


@pytest.mark.parametrize(
    "foreign", [b"", b"\n\n", b"\x00\xff\xfe" * 50, b"not a result\n", b'{"key": "a"}\n', b"0 {}\n"]
)
def test_a_foreign_file_harms_nothing(tmp_path: Path, foreign: bytes) -> None:
    Cache(tmp_path).put([passed("a")])
    (tmp_path / FOLDER / "zzz.jsonl").write_bytes(foreign)
    (tmp_path / FOLDER / "folder.jsonl").mkdir()
    assert Cache(tmp_path).get("a") == passed("a")


def test_a_whole_line_of_another_schema_is_a_miss(tmp_path: Path) -> None:
    body = b'{"key": "a", "colour": "green"}'
    (tmp_path / FOLDER).mkdir(parents=True)
    (tmp_path / FOLDER / "x.jsonl").write_bytes(cache._checksum(body) + b" " + body + b"\n")
    assert Cache(tmp_path).get("a") is None


def test_files_merge_by_concatenation(tmp_path: Path) -> None:
    for machine, key in (("one", "a"), ("two", "b")):
        Cache(tmp_path / machine).put([passed(key)])
    (tmp_path / "both" / FOLDER).mkdir(parents=True)
    together = b"".join(files(tmp_path / one)[0].read_bytes() for one in ("one", "two", "one"))
    (tmp_path / "both" / FOLDER / "merged.jsonl").write_bytes(together)
    assert Cache(tmp_path / "both").get("a") == passed("a")
    assert Cache(tmp_path / "both").get("b") == passed("b")


def test_many_files_become_one(tmp_path: Path) -> None:
    count = cache._FILES + 1
    for number in range(count):
        Cache(tmp_path).put([passed(f"key-{number}")])
        assert len(files(tmp_path)) <= cache._FILES
    kept = Cache(tmp_path)
    assert all(kept.get(f"key-{number}") for number in range(count))
    assert list((tmp_path / FOLDER).glob("*.part")) == []


def test_a_folder_that_cannot_be_written_is_a_warning(tmp_path: Path) -> None:
    (tmp_path / ".fieldguide").write_text("a file in the folder's place")
    unkept = Cache(tmp_path).put([passed("a")])
    assert unkept is not None
    assert unkept.severity == "warning"
    assert line(unkept).startswith(f"{FOLDER}: the results cannot be kept: ")
    assert Cache(tmp_path).get("a") is None


def test_the_report_is_left_and_read(tmp_path: Path) -> None:
    report = samples.report(passed("a"))
    assert cache.read_report(tmp_path) is None
    assert cache.write_report(tmp_path, report) is None
    assert cache.read_report(tmp_path) == report


def test_the_same_report_is_not_written_twice(tmp_path: Path) -> None:
    cache.write_report(tmp_path, samples.report(passed("a")))
    before = (tmp_path / REPORT).stat()
    cache.write_report(tmp_path, samples.report(passed("a")))
    assert (tmp_path / REPORT).stat() == before


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"{}", b"null", b"\xff", b'{"results": 7}'])
def test_a_damaged_report_is_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / REPORT).parent.mkdir()
    (tmp_path / REPORT).write_bytes(content)
    read = cache.read_report(tmp_path)
    assert read is None or read == Report((), ())


def test_a_report_that_cannot_be_written_is_a_warning(tmp_path: Path) -> None:
    (tmp_path / REPORT).mkdir(parents=True)
    unkept = cache.write_report(tmp_path, samples.report(passed("a")))
    assert unkept is not None
    assert unkept.severity == "warning"


def job(
    snippet: Snippet = SNIPPET,
    contract: Contract = CONTRACT,
    environment: Environment = ENVIRONMENT,
    limits: Limits | None = None,
    server: str | None = None,
) -> Job:
    return jobs.job(snippet, contract, environment, limits or Limits(), server)


@pytest.mark.parametrize(
    ("changed", "other"),
    [
        ("snippet", lambda: job(replace(SNIPPET, files={"app.py": b"app = 2\n"}))),
        ("snippet", lambda: job(replace(SNIPPET, files={**SNIPPET.files, "a.html": b""}))),
        ("snippet", lambda: job(replace(SNIPPET, files={"main.py": b"app = 1\n"}))),
        ("snippet", lambda: job(replace(SNIPPET, entry="main.py"))),
        ("snippet", lambda: job(replace(SNIPPET, id="routing/bottle"))),
        ("deviations", lambda: job(replace(SNIPPET, deviations=(DEVIATION,)))),
        ("contract", lambda: job(contract=replace(CONTRACT, source="other"))),
        ("lock", lambda: job(environment=replace(ENVIRONMENT, lock_digest="other"))),
        (
            "installed distributions",
            lambda: job(environment=replace(ENVIRONMENT, fingerprint="other")),
        ),
        ("Python", lambda: job(environment=replace(ENVIRONMENT, python_version="3.11.7"))),
        ("limits", lambda: job(limits=Limits(wall_seconds=1))),
        ("limits", lambda: job(limits=Limits(output_bytes=1))),
        ("server", lambda: job(server="gunicorn")),
    ],
)
def test_a_changed_input_changes_the_key(changed: str, other: Callable[[], Job]) -> None:
    one, two = job(), other()
    assert one.key != two.key
    assert [name for name in one.inputs if one.inputs[name] != two.inputs[name]] == [changed]


def test_the_platform_and_the_worker_change_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    before = job()
    with monkeypatch.context() as patched:
        patched.setattr(sys, "platform", "another")
        assert job().key != before.key
    monkeypatch.setattr(jobs, "worker_digest", lambda: "other")
    assert job().key != before.key


def test_places_do_not_change_the_key() -> None:
    one = replace(SNIPPET, deviations=(DEVIATION,))
    moved = replace(DEVIATION, location=Location(DEVIATION.location.path, 9))
    assert job(one).key == job(replace(one, deviations=(moved,))).key
    assert job(environment=replace(ENVIRONMENT, python=Path("elsewhere/python"))).key == job().key
