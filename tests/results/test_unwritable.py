"""Where neither passes nor the report of a run can be written: a warning, and nothing is harmed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from passes import PATHS, A, B, body_of, files, leave, parts, passed, plant, put

from fieldguide.base.problems import line
from fieldguide.results import last_run
from fieldguide.results.cache import FOLDER, Cache
from fieldguide.results.last_run import REPORT

BUBBLEWRAP = sys.platform.startswith("linux") and shutil.which("bwrap") is not None


def test_a_folder_that_cannot_be_made_is_a_warning(tmp_path: Path) -> None:
    (tmp_path / ".fieldguide").write_text("a file in the folder's place")
    (unkept,) = put(Cache(tmp_path), passed(A))
    assert unkept.severity == "warning"
    assert line(unkept).startswith(f"{FOLDER}: warning: the results cannot be kept: ")
    assert Cache(tmp_path).get(A) is None


WRITE = """
import sys
from pathlib import Path
sys.path[:0] = {path!r}
import passes
from fieldguide.results import cache
root = Path(sys.argv[1])
big = "x" * 300_000
kept = cache.Cache(root)
for unkept in (
    *passes.put(kept, passes.passed(passes.B, output=big)),
    *passes.leave(root, passes.passed(passes.B, output=big)),
):
    print(unkept.severity, unkept.location.path, unkept.message)
print(kept.get(passes.A) is not None, cache.Cache(root).get(passes.B) is not None)
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
        patched.setattr(f"fieldguide.base.writing.atomic.os.{call}", refuse)
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
        patched.setattr("fieldguide.base.writing.atomic.os.replace", refuse)
        assert len(leave(tmp_path, passed(B))) == 1
    assert last_run.read_report(tmp_path) is None
