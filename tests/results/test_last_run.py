"""The results of the last run, and what becomes of them when a run saw only a part."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import Any

import pytest
from passes import PATHS, A, go, leave, parts, passed, waiting
from samples import check, report, result

from fieldguide.base.problems import Problems
from fieldguide.model import Report, Result
from fieldguide.results import last_run
from fieldguide.results.last_run import REPORT, merge_report, merged, read_report

NO_LOCK = pytest.mark.skipif(os.name == "nt", reason="files are locked on POSIX systems only")
SOURCES = {"routing/flask": "now", "routing/django": "now", "routing/falcon": "now"}


def of(id: str, **changes: Any) -> Result:
    return result(check(), id=id, framework=id.partition("/")[2], layers=("a", "b"), **changes)


def merge(root: Path, *results: Result) -> list[str]:
    """Leave the report of a run; what is wrong with that."""
    collector = Problems()
    merge_report(collector, root, report(*results), SOURCES)
    return [problem.message for problem in collector]


def ids(root: Path) -> list[str]:
    left = read_report(root)
    assert left is not None
    return [result.id for result in left.results]


def test_a_run_of_a_part_keeps_the_rest_in_the_order_of_the_project(tmp_path: Path) -> None:
    assert merge(tmp_path, of("routing/falcon"), of("routing/flask")) == []
    assert merge(tmp_path, of("routing/django")) == []
    assert ids(tmp_path) == ["routing/flask", "routing/django", "routing/falcon"]


def test_the_newer_of_two_results_is_kept(tmp_path: Path) -> None:
    merge(tmp_path, of("routing/flask", seconds=1.0))
    merge(tmp_path, of("routing/flask", seconds=2.0))
    left = read_report(tmp_path)
    assert left is not None
    assert [result.seconds for result in left.results] == [2.0]


def test_a_result_of_other_code_and_one_of_nothing_any_more_go() -> None:
    before = report(of("routing/flask", source="then"), of("routing/gone"))
    now = report(of("routing/django"))
    assert [result.id for result in merged(before, now, SOURCES).results] == ["routing/django"]


def test_a_layer_is_named_only_if_every_result_had_it() -> None:
    before, now = report(of("routing/flask")), report(of("routing/django"))
    bounded = Report(now.results, (), (), layers=("a", "b", "c"))
    assert merged(before, bounded, SOURCES).layers == ("a", "b")


@NO_LOCK
def test_of_two_runs_at_once_neither_loses_the_results_of_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second starts when the first has read the old report and has not written its own."""
    has_read, may_write = threading.Event(), threading.Event()

    def read_and_wait(root: Path) -> Report | None:
        old = read_report(root)
        if threading.current_thread() is first:
            has_read.set()
            assert may_write.wait(600)
        return old

    monkeypatch.setattr(last_run, "read_report", read_and_wait)
    first = threading.Thread(target=merge, args=(tmp_path, of("routing/flask")))
    second = threading.Thread(target=merge, args=(tmp_path, of("routing/django")))
    first.start()
    assert has_read.wait(600)
    second.start()
    second.join(0.5)  # without a lock it is through by now
    may_write.set()
    first.join()
    second.join()
    assert ids(tmp_path) == ["routing/flask", "routing/django"]


MERGER = """
import sys
from pathlib import Path
sys.path[:0] = {path!r}
import test_last_run
name = sys.argv[2]
print("ready", flush=True)
sys.stdin.readline()
for number in range(40):
    done = test_last_run.merge(Path(sys.argv[1]), test_last_run.of(name, seconds=float(number)))
    assert done == []
    assert name in test_last_run.ids(Path(sys.argv[1])), number
"""


@pytest.mark.whole
@NO_LOCK
def test_processes_that_leave_reports_at_once_lose_nothing(tmp_path: Path) -> None:
    code = MERGER.format(path=[str(Path(__file__).parent), *PATHS])
    runs = [waiting(code, str(tmp_path), name) for name in SOURCES]
    for run in runs:
        go(run)
    assert [(run.communicate(timeout=600)[1], run.returncode) for run in runs] == [("", 0)] * 3
    assert ids(tmp_path) == list(SOURCES)


def test_a_folder_that_cannot_be_made_is_a_warning(tmp_path: Path) -> None:
    (tmp_path / ".fieldguide").write_text("a file in the folder's place")
    (message,) = merge(tmp_path, of("routing/flask"))
    assert message.startswith("the results cannot be kept: ")


def test_the_report_is_left_and_read(tmp_path: Path) -> None:
    assert read_report(tmp_path) is None
    assert leave(tmp_path, passed(A)) == []
    assert read_report(tmp_path) == report(passed(A))


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
    read = read_report(tmp_path)
    assert read is None or read == Report((), ())


def test_a_report_that_cannot_be_written_is_a_warning(tmp_path: Path) -> None:
    (tmp_path / REPORT).mkdir(parents=True)
    (unkept,) = leave(tmp_path, passed(A))
    assert unkept.severity == "warning"
    assert parts(tmp_path) == []


def test_a_report_that_may_not_be_read_is_a_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As one that another user has left; no page may say "not verified" and nobody why."""
    assert list(last_run.unreadable(tmp_path)) == []
    (tmp_path / REPORT).parent.mkdir()
    (tmp_path / REPORT).touch()
    assert list(last_run.unreadable(tmp_path)) == []

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    (problem,) = last_run.unreadable(tmp_path)
    assert (problem.severity, problem.location.path) == ("warning", REPORT)
    assert "cannot be read: Permission denied, so every page" in problem.message
    assert problem.next == "make it readable"
