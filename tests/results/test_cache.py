"""Results by key: what is kept, what is a miss, what changes a key, and what harms nothing."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any

import pytest
import samples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fieldguide.base import atomic, digests
from fieldguide.base.json_records import to_json
from fieldguide.base.problems import Problems, line
from fieldguide.environments import installed, prepare
from fieldguide.model import (
    Check,
    CheckResult,
    Contract,
    Deviation,
    Environment,
    Failure,
    Limits,
    Location,
    Outcome,
    Problem,
    Report,
    Result,
    Snippet,
    SnippetJob,
)
from fieldguide.project import collect
from fieldguide.results import cache, last_run
from fieldguide.results.cache import FOLDER, Cache
from fieldguide.results.last_run import REPORT
from fieldguide.running import jobs

PATHS = [str(Path(__file__).parents[1]), *sys.path]
"""Where other processes find this module and its helpers."""

LINUX = sys.platform.startswith("linux")
BUBBLEWRAP = LINUX and shutil.which("bwrap") is not None

ENTRY = Location("snippets/routing/flask/app.py", 1)
SNIPPET = Snippet("routing/flask", "routing", "flask", {"app.py": b"app = 1\n"}, "app.py", ENTRY)
PLACE = Location("snippets/routing/contract.py")
CHECKS = (Check("test_a", "A.", PLACE), Check("test_b", "B.", PLACE))
CONTRACT = Contract("routing", CHECKS, "def test_a(client): ...\n", PLACE)
ENVIRONMENT = Environment("flask", Path("bin/python"), "3.13.0", "lock", (), "fingerprint")
DEVIATION = Deviation("test_a", "it cannot", Location("snippets/routing/flask/deviations.toml", 1))
LAYERS = ("own process", "no network")


def job(
    snippet: Snippet = SNIPPET,
    contract: Contract = CONTRACT,
    environment: Environment = ENVIRONMENT,
    limits: Limits | None = None,
    server: str | None = None,
) -> SnippetJob:
    return jobs.job(snippet, contract, environment, limits or Limits(), server)


def named(name: str) -> SnippetJob:
    """A job of that name; each name has a key of its own."""
    return job(replace(SNIPPET, id=f"routing/{name}", framework=name))


A, B, C = named("a"), named("b"), named("c")


def passed(one: SnippetJob, **changes: Any) -> Result:
    """What a passing run of the job leaves."""
    reasons = {deviation.check: deviation.reason for deviation in one.snippet.deviations}
    checks = tuple(
        CheckResult(
            check,
            Outcome.FAILED if check.name in reasons else Outcome.PASSED,
            (samples.exchange(),),
            Failure(ENTRY, "expected") if check.name in reasons else None,
            reasons.get(check.name),
        )
        for check in one.contract.checks
    )
    made = Result(
        id=one.snippet.id,
        concept=one.snippet.concept,
        framework=one.snippet.framework,
        location=one.snippet.location,
        key=one.key,
        outcome=Outcome.PASSED,
        checks=checks,
        versions={"python": "3.13.0", "flask": "3.1.3"},
        server=one.server,
        source=digests.source_digest(one.snippet, one.contract),
        layers=LAYERS,
        inputs=one.inputs,
    )
    return replace(made, **changes)


def files(root: Path) -> list[Path]:
    return sorted((root / FOLDER).glob("*.jsonl"))


def parts(root: Path) -> list[Path]:
    return sorted((root / ".fieldguide").rglob("*.part"))


def plant(root: Path, *bodies: bytes, name: str = "planted.jsonl") -> Path:
    """Write lines as a forger would: each with its right checksum."""
    path = root / FOLDER / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"".join(cache._checksum(body) + b" " + body + b"\n" for body in bodies))
    return path


def put(kept: Cache, *results: Result) -> list[Problem]:
    """Keep results; what is wrong with that."""
    collector = Problems()
    kept.put(collector, results)
    return list(collector)


def leave(root: Path, *results: Result) -> list[Problem]:
    """Leave a report of results for rendering; what is wrong with that."""
    collector = Problems()
    last_run.write_report(collector, root, samples.report(*results))
    return list(collector)


def body_of(result: Result, **changes: Any) -> bytes:
    return json.dumps({**to_json(result), **changes}).encode("utf-8")


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
    read, merged = Path.read_bytes, []

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


# Where it cannot be written


def test_a_folder_that_cannot_be_made_is_a_warning(tmp_path: Path) -> None:
    (tmp_path / ".fieldguide").write_text("a file in the folder's place")
    (unkept,) = put(Cache(tmp_path), passed(A))
    assert unkept.severity == "warning"
    assert line(unkept).startswith(f"{FOLDER}: the results cannot be kept: ")
    assert Cache(tmp_path).get(A) is None


WRITE = """
import sys
from pathlib import Path
sys.path[:0] = {path!r}
import samples, test_cache
from fieldguide import cache
root = Path(sys.argv[1])
big = "x" * 300_000
kept = cache.Cache(root)
for unkept in (
    *test_cache.put(kept, test_cache.passed(test_cache.B, output=big)),
    *test_cache.leave(root, test_cache.passed(test_cache.B, output=big)),
):
    print(unkept.severity, unkept.location.path, unkept.message)
print(kept.get(test_cache.A) is not None, cache.Cache(root).get(test_cache.B) is not None)
"""


def in_another(root: Path, *around: str, code: str = WRITE) -> list[str]:
    """The lines that another process prints, which tries to write below ``root``."""
    command = [*around, sys.executable, "-c", code.format(path=PATHS), str(root)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, cwd=root)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.mark.skipif(not BUBBLEWRAP, reason="bubblewrap mounts the folder read-only")
def test_a_read_only_folder_is_a_warning_and_its_passes_count(tmp_path: Path) -> None:
    put(Cache(tmp_path), passed(A))
    half = tmp_path / FOLDER / "run-killed.part"
    half.write_bytes(b"half")
    state = str(tmp_path / ".fieldguide")
    assert in_another(tmp_path, "bwrap", "--dev-bind", "/", "/", "--ro-bind", state, state) == [
        f"warning {FOLDER} the results cannot be kept: Read-only file system",
        f"warning {REPORT} the results cannot be kept: Read-only file system",
        "True False",
    ]
    assert half.exists()


@pytest.mark.skipif(not BUBBLEWRAP, reason="bubblewrap mounts a small disk")
def test_a_full_disk_is_a_warning(tmp_path: Path) -> None:
    (tmp_path / FOLDER).mkdir(parents=True)
    plant(tmp_path, body_of(passed(A)))
    state, kept = str(tmp_path / ".fieldguide"), tmp_path / "kept"
    shutil.copytree(state, kept)
    small = ["bwrap", "--dev-bind", "/", "/", "--size", "65536", "--tmpfs", state]
    code = "import shutil; shutil.copytree('kept', '.fieldguide', dirs_exist_ok=True)\n" + WRITE
    look = "\nprint(sorted(path.name for path in (root / '.fieldguide').rglob('*')))\n"
    assert in_another(tmp_path, *small, code=code + look) == [
        f"warning {FOLDER} the results cannot be kept: No space left on device",
        f"warning {REPORT} the results cannot be kept: No space left on device",
        "True False",
        "['cache', 'planted.jsonl']",
    ]


@pytest.mark.skipif(os.name == "nt", reason="a limit that POSIX systems have")
def test_a_limit_on_files_is_a_warning(tmp_path: Path) -> None:
    plant(tmp_path, body_of(passed(A)))
    limit = (
        "import resource, signal\nsignal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))\n"
    )
    assert in_another(tmp_path, code=limit + WRITE) == [
        f"warning {FOLDER} the results cannot be kept: File too large",
        f"warning {REPORT} the results cannot be kept: File too large",
        "True False",
    ]
    assert parts(tmp_path) == []


@pytest.mark.parametrize("call", ["replace", "fdopen"])
def test_an_error_at_any_step_is_a_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    def refuse(*arguments: object, **options: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(atomic.os, call, refuse)
        (unkept,) = put(Cache(tmp_path), passed(A))
    assert unkept.message.endswith("No space left on device")
    assert parts(tmp_path) == []
    assert files(tmp_path) == []


def test_results_of_an_older_run_do_not_stay_where_new_ones_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave(tmp_path, passed(A))

    def refuse(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(atomic.os, "replace", refuse)
        assert len(leave(tmp_path, passed(B))) == 1
    assert last_run.read_report(tmp_path) is None


# Two engines at once, and one that is killed


WRITER = """
import sys
from pathlib import Path
sys.path[:0] = {path!r}
import samples, test_cache
from fieldguide import cache, last_run
root, name = Path(sys.argv[1]), "{name}"
print("ready", flush=True)
sys.stdin.readline()
for number in range(60):
    one = test_cache.named(f"{{name}}-{{number}}")
    kept = cache.Cache(root)
    assert test_cache.put(kept, test_cache.passed(one)) == []
    assert test_cache.leave(root, test_cache.passed(one)) == []
    assert cache.Cache(root).get(one) is not None, number
    assert last_run.read_report(root) is not None
"""


def writer(root: Path, name: str, code: str = WRITER) -> subprocess.Popen[str]:
    code = code.format(path=PATHS, name=name)
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    process = subprocess.Popen([sys.executable, "-c", code, str(root)], text=True, **pipes)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n", process.communicate()[1]
    return process


@pytest.mark.whole
def test_engines_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    engines = [writer(tmp_path, f"engine-{number}") for number in range(3)]
    for engine in engines:
        assert engine.stdin is not None
        engine.stdin.write("go\n")
        engine.stdin.flush()
    for engine in engines:
        _, errors = engine.communicate(timeout=600)
        assert (engine.returncode, errors) == (0, "")
    kept = Cache(tmp_path)
    missing = [
        (name, number)
        for name in range(3)
        for number in range(60)
        if kept.get(named(f"engine-{name}-{number}")) is None
    ]
    assert missing == []
    assert parts(tmp_path) == []
    # Engines that merge at the same time may leave a file more.
    assert len(files(tmp_path)) <= cache._FILES + 3


STUCK = """
import os, sys, time
from pathlib import Path
sys.path[:0] = {path!r}
import samples, test_cache
from fieldguide import atomic, cache
def stop(*arguments):
    print("ready", flush=True)
    time.sleep(600)
def half(descriptor, mode):
    os.write(descriptor, b"half a line")
    stop()
setattr(atomic.os, "{name}", half if "{name}" == "fdopen" else stop)
root = Path(sys.argv[1])
{act}
"""


@pytest.fixture(params=["fdopen", "replace"])
def stuck(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """An engine that stands still while it writes: with half a file, or with a whole one."""
    act = "test_cache.put(cache.Cache(root), test_cache.passed(test_cache.A))"
    process = writer(tmp_path, request.param, STUCK.replace("{act}", act))
    yield process
    process.kill()
    process.communicate()


def test_what_a_killed_engine_left_is_no_result_and_is_swept(
    tmp_path: Path, stuck: subprocess.Popen[str]
) -> None:
    assert len(parts(tmp_path)) == 1
    assert Cache(tmp_path).get(A) is None
    stuck.kill()
    stuck.wait()
    kept = Cache(tmp_path)
    assert kept.get(A) is None
    assert parts(tmp_path) == []
    assert put(kept, passed(A)) == []
    assert Cache(tmp_path).get(A) == passed(A)


HOLDING = STUCK.replace(
    "{act}", "test_cache.put(cache.Cache(root), test_cache.passed(test_cache.A))"
).replace("def half(descriptor, mode):", "def half(descriptor, mode):\n    atomic.hold(descriptor)")


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps open files by itself")
def test_what_a_living_engine_writes_is_not_swept(tmp_path: Path) -> None:
    process = writer(tmp_path, "fdopen", HOLDING)
    try:
        Cache(tmp_path).get(A)
        assert len(parts(tmp_path)) == 1
    finally:
        process.kill()
        process.communicate()
    Cache(tmp_path).get(A)
    assert parts(tmp_path) == []


def test_a_report_of_a_killed_engine_is_swept(tmp_path: Path) -> None:
    leave(tmp_path, passed(B))
    act = "test_cache.leave(root, test_cache.passed(test_cache.A))"
    process = writer(tmp_path, "replace", STUCK.replace("{act}", act))
    process.kill()
    process.communicate()
    assert len(parts(tmp_path)) == 1
    assert last_run.read_report(tmp_path) == samples.report(passed(B))
    leave(tmp_path, passed(C))
    assert parts(tmp_path) == []
    assert last_run.read_report(tmp_path) == samples.report(passed(C))


def test_a_part_that_somebody_swept_by_mistake_is_written_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace_file, calls = os.replace, []

    def swept(source: str, target: Path) -> None:
        calls.append(source)
        if len(calls) == 1:
            os.unlink(source)
        replace_file(source, target)

    monkeypatch.setattr(atomic.os, "replace", swept)
    assert put(Cache(tmp_path), passed(A)) == []
    assert len(calls) == 2
    assert Cache(tmp_path).get(A) == passed(A)


@pytest.mark.whole
@pytest.mark.skipif(os.name == "nt", reason="SIGKILL")
def test_an_engine_killed_at_any_moment_leaves_whole_results(tmp_path: Path) -> None:
    """Kill writers after growing times; whatever is there is whole, and the rest is swept."""
    for number in range(6):
        process = writer(tmp_path, f"victim-{number}")
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
        time.sleep(0.008 * number)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        kept = Cache(tmp_path)
        kept.get(A)
        for path in files(tmp_path):
            assert all(body for body in cache._bodies(path.read_bytes()))
            assert path.read_bytes().endswith(b"\n")
        if (tmp_path / REPORT).exists():
            assert last_run.read_report(tmp_path) is not None
    assert not [path for path in parts(tmp_path) if path.parent.name == "cache"]


def test_threads_may_share_one_folder(tmp_path: Path) -> None:
    ones = [named(f"number-{number}") for number in range(24)]
    workers = [
        threading.Thread(target=Cache(tmp_path).put, args=(Problems(), [passed(o)])) for o in ones
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    kept = Cache(tmp_path)
    assert all(kept.get(one) for one in ones)


# The report


def test_the_report_is_left_and_read(tmp_path: Path) -> None:
    report = samples.report(passed(A))
    assert last_run.read_report(tmp_path) is None
    assert leave(tmp_path, passed(A)) == []
    assert last_run.read_report(tmp_path) == report


def test_the_same_report_is_not_written_twice(tmp_path: Path) -> None:
    leave(tmp_path, passed(A))
    before = (tmp_path / REPORT).stat()
    leave(tmp_path, passed(A))
    assert (tmp_path / REPORT).stat() == before


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"{}", b"null", b"\xff", b'{"results": 7}', b"[" * 100_000],
    ids=lambda content: content[:20].decode("ascii", "replace"),
)
def test_a_damaged_report_is_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / REPORT).parent.mkdir()
    (tmp_path / REPORT).write_bytes(content)
    read = last_run.read_report(tmp_path)
    assert read is None or read == Report((), ())


def test_a_report_that_cannot_be_written_is_a_warning(tmp_path: Path) -> None:
    (tmp_path / REPORT).mkdir(parents=True)
    (unkept,) = leave(tmp_path, passed(A))
    assert unkept.severity == "warning"
    assert parts(tmp_path) == []


# The key: every input by itself


@pytest.mark.parametrize(
    ("changed", "other"),
    [
        ("snippet", lambda: job(replace(SNIPPET, files={"app.py": b"app = 2\n"}))),
        ("snippet", lambda: job(replace(SNIPPET, files={**SNIPPET.files, "a.html": b""}))),
        ("snippet", lambda: job(replace(SNIPPET, files={"main.py": b"app = 1\n"}))),
        ("snippet", lambda: job(replace(SNIPPET, main="main.py"))),
        ("snippet", lambda: job(replace(SNIPPET, id="routing/bottle"))),
        ("deviations", lambda: job(replace(SNIPPET, deviations=(DEVIATION,)))),
        ("contract", lambda: job(contract=replace(CONTRACT, source="other"))),
        ("lock", lambda: job(environment=replace(ENVIRONMENT, lock_digest="other"))),
        (
            "installed distributions",
            lambda: job(environment=replace(ENVIRONMENT, fingerprint="other")),
        ),
        ("Python", lambda: job(environment=replace(ENVIRONMENT, python_version="3.11.7"))),
        ("server", lambda: job(server="gunicorn")),
    ],
)
def test_a_changed_input_changes_the_key(
    tmp_path: Path, changed: str, other: Callable[[], SnippetJob]
) -> None:
    one, two = job(), other()
    assert one.key != two.key
    assert [name for name in one.inputs if one.inputs[name] != two.inputs[name]] == [changed]
    put(Cache(tmp_path), passed(one))
    assert Cache(tmp_path).get(one) is not None
    assert Cache(tmp_path).get(two) is None


@pytest.mark.parametrize("limit", [field.name for field in fields(Limits)])
def test_every_limit_changes_the_key(limit: str) -> None:
    other = job(limits=replace(Limits(), **{limit: asdict(Limits())[limit] + 1}))
    assert other.key != job().key
    assert [n for n in other.inputs if other.inputs[n] != job().inputs[n]] == ["limits"]


def test_the_platform_changes_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    before = job()
    monkeypatch.setattr(sys, "platform", "another")
    assert job().key != before.key


@pytest.mark.parametrize(
    "name",
    [
        *(f"worker/{name}.py" for name in ("group", "steps", "checks", "zygote")),
        *(f"{name}.py" for name in ("verdicts", "outcomes", "wire", "text", "sandbox", "records")),
    ],
)
def test_a_file_that_runs_or_judges_changes_the_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    digests.engine_digest.cache_clear()
    before = job()
    copy = tmp_path / jobs.ENGINE.name
    shutil.copytree(jobs.ENGINE, copy)
    monkeypatch.setattr(jobs, "ENGINE", copy)
    digests.engine_digest.cache_clear()
    try:
        assert job().key == before.key, "a copy is the same"
        with (copy / name).open("ab") as file:
            file.write(b"# changed\n")
        digests.engine_digest.cache_clear()
        assert job().key != before.key
    finally:
        digests.engine_digest.cache_clear()


def test_places_do_not_change_the_key() -> None:
    one = replace(SNIPPET, deviations=(DEVIATION,))
    moved = replace(DEVIATION, location=Location(DEVIATION.location.path, 9))
    assert job(one).key == job(replace(one, deviations=(moved,))).key
    assert job(environment=replace(ENVIRONMENT, python=Path("elsewhere/python"))).key == job().key


# The key of real folders


TREE = {
    "pyproject.toml": (
        "[dependency-groups]\nflask = []\n[tool.fieldguide.frameworks.flask]\n"
        'title = "Flask"\ndistribution = "flask"\nserver = "gunicorn"\ndocs = "https://x.example"\n'
    ),
    "snippets/routing/contract.py": (
        'def test_a(client):\n    """A."""\n    assert client.get("/").status == 200\n'
    ),
    "snippets/routing/flask/app.py": "app = 1\n",
    "snippets/routing/flask/models.py": "",
    "snippets/routing/flask/templates/page.html": "<p>{{ name }}</p>\n",
    "snippets/routing/flask/static/style.css": "p { color: red }\n",
    "snippets/routing/flask/deviations.toml": '[test_a]\nreason = "it cannot"\n',
    "docs/concepts/routing.md": "# Routing\n\n::: snippets routing\n",
}
INPUTS = [path for path in TREE if path.startswith("snippets/")]
SITE = {
    "flask/__init__.py": "version = 1\n",
    "flask/app.py": "",
    "flask/py.typed": "",
    "single.py": "x = 1\n",
    "flask-3.dist-info/METADATA": "Name: flask\nVersion: 3\n\nAbout.\n",
    "flask-3.dist-info/RECORD": "flask/__init__.py,sha256=a,12\nflask/app.py,,\n",
}
BYTES = st.binary(min_size=1, max_size=20)


def lay_out(root: Path, tree: dict[str, str], order: list[str] | None = None) -> Path:
    for path in order or tree:
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(tree[path].encode("utf-8"))
    return root


def job_of(root: Path, site: Path) -> SnippetJob:
    """The job of the tree's one snippet, in an environment with those files."""
    collected = collect.collect(root)
    assert collected.problems == ()
    environment = replace(ENVIRONMENT, fingerprint=installed.fingerprint(site))
    snippet = collected.snippets["routing/flask"]
    return job(snippet, collected.contracts["routing"], environment)


fresh = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60
)


@pytest.fixture
def laid_out(tmp_path: Path) -> Callable[..., tuple[Path, Path]]:
    """A function that lays out the tree and the environment's files, in folders of their own."""
    count = iter(range(10_000))

    def make(order: list[str] | None = None, other: list[str] | None = None) -> tuple[Path, Path]:
        here = tmp_path / str(next(count))
        return lay_out(here / "tree", TREE, order), lay_out(here / "site", SITE, other)

    return make


@fresh
@given(st.data(), st.sampled_from([*INPUTS, *SITE]), st.integers(0, 1))
def test_each_changed_file_is_a_miss(
    laid_out: Callable[..., tuple[Path, Path]], data: st.DataObject, name: str, way: int
) -> None:
    root, site = laid_out()
    before = job_of(root, site)
    put(Cache(root), passed(before))
    assert Cache(root).get(job_of(root, site)) == passed(before)
    path = (root if name in TREE else site) / name
    content = path.read_bytes()
    if path.name in ("contract.py", "deviations.toml"):
        content = content.replace(b"A.", b"B.").replace(b"cannot", b"may not")
    elif path.suffix == ".py":
        content = [b"# " + data.draw(BYTES).hex().encode() + b"\n" + content, content + b"\n"][way]
    elif path.name == "RECORD":
        content += b"flask/more.py,,\n"  # of its lines only those of modules count
    else:
        content += data.draw(BYTES)
    path.write_bytes(content)
    after = job_of(root, site)
    assert after.key != before.key
    assert Cache(root).get(after) is None


@fresh
@given(
    st.sampled_from(["app2.py", "templates/other.html", "static/a/b.txt", "data.bin"]),
    st.text("abc\n", max_size=9).map(str.encode),
)
def test_a_file_more_or_less_is_a_miss(
    laid_out: Callable[..., tuple[Path, Path]], name: str, content: bytes
) -> None:
    root, site = laid_out()
    before = job_of(root, site)
    place = root / "snippets/routing/flask" / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content)
    (site / "more.py").write_bytes(content)
    more = [job_of(root, site), job_of(root, lay_out(site.parent / "same", SITE))]
    place.unlink()
    more.append(job_of(root, site))
    (site / "more.py").unlink()
    keys = {one.key for one in [before, *more]}
    assert len(keys) == 4
    assert job_of(root, site).key == before.key
    for gone in ("snippets/routing/flask/models.py", "snippets/routing/flask/templates/page.html"):
        (root / gone).unlink()
        assert job_of(root, site).key not in keys


@fresh
@given(st.permutations(list(TREE)), st.permutations(list(SITE)), st.integers(1, 2**31 - 1))
def test_where_when_and_in_which_order_files_were_made_changes_nothing(
    laid_out: Callable[..., tuple[Path, Path]], order: list[str], other: list[str], moment: int
) -> None:
    root, site = laid_out()
    before = job_of(root, site)
    moved, elsewhere = laid_out(order, other)
    for folder in (moved, elsewhere):
        for path in folder.rglob("*"):
            os.utime(path, (moment, moment))
    assert job_of(moved, elsewhere).key == before.key
    put(Cache(moved), passed(before))
    assert Cache(moved).get(job_of(moved, elsewhere)) == passed(before)


def test_prose_and_other_snippets_change_nothing(
    laid_out: Callable[..., tuple[Path, Path]],
) -> None:
    root, site = laid_out()
    before = job_of(root, site)
    (root / "docs/concepts/routing.md").write_text("# Other\n\n::: snippets routing\n\nProse.\n")
    assert job_of(root, site).key == before.key
    (site / "flask" / "__pycache__").mkdir()
    (site / "flask" / "__pycache__" / "app.cpython-313.pyc").write_bytes(b"byte code")
    assert job_of(root, site).key == before.key


@pytest.fixture(scope="module")
def bottle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with its own copy of the real environment bottle, which it may change."""
    real = Path(__file__).parents[2]
    root = tmp_path_factory.mktemp("bottle")
    folder = prepare.prepare(real, "bottle").python.parent.parent
    shutil.copytree(folder, root / prepare.FOLDER / folder.name, symlinks=True)
    (root / "environments").mkdir()
    shutil.copyfile(real / "environments/bottle.txt", root / "environments/bottle.txt")
    shutil.copyfile(real / "pyproject.toml", root / "pyproject.toml")
    return root


def test_a_changed_file_of_a_real_environment_is_a_miss(bottle: Path) -> None:
    def now() -> SnippetJob:
        return job(environment=prepare.prepare(bottle, "bottle"))

    before = now()
    (module,) = bottle.glob(f"{prepare.FOLDER}/bottle-*/lib/python*/site-packages/bottle.py")
    content = module.read_bytes()
    os.utime(module, (1, 1))
    assert now().key == before.key, "a time alone"
    module.write_bytes(content + b"\n# changed\n")
    assert now().inputs["installed distributions"] != before.inputs["installed distributions"]
    module.write_bytes(content)
    assert now().key == before.key, "as it was"
