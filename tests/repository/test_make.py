"""`make`, with Pythons that only note what they are asked to do."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from scripts import script

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="make and sh are for POSIX systems")

RECORDING = """\
case $1 in
    --version) exec echo Python {version} ;;
    -c) exec {real} -c "import sys; sys.version_info = {numbers}; \
sys._base_executable = '{path}'; exec(sys.argv[1])" "$2" ;;
esac
echo "$*${{COVERAGE_PROCESS_START:+ measured}}" >> calls
case "$*" in
    "-P -m venv .venv") mkdir -p .venv/bin && cp "$0" .venv/bin/python ;;
    "-P -m pip"*"$FAIL"*) [ -z "$FAIL" ] || exit 1 ;;
esac
"""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The files that make needs, and two recording Pythons on the path."""
    if not shutil.which("make"):
        pytest.skip("needs make")
    for name in ("Makefile", ".python-version", "pyproject.toml", ".ci/run"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    shutil.copytree(ROOT / "hooks", tmp_path / "hooks", ignore=shutil.ignore_patterns("[!cn]*"))
    (tmp_path / "environments").mkdir()
    (tmp_path / "environments/site.txt").write_text("")
    for version in ("3.13.0", "3.11.2"):
        path = tmp_path / "bin" / f"python{version.rpartition('.')[0]}"
        numbers = tuple(map(int, version.split(".")))
        text = RECORDING.format(version=version, numbers=numbers, real=sys.executable, path=path)
        script(path, text)
    script(tmp_path / "bin/chromium", "")
    return tmp_path


def make(folder: Path, *arguments: str, **env: str) -> tuple[int, list[str]]:
    """The exit status of make, and what it asked Python to do."""
    calls = folder / "calls"
    calls.write_text("")
    path = f"{folder}/bin:/usr/bin:/bin"
    done = subprocess.run(
        ["make", *arguments],
        cwd=folder,
        env={"PATH": path, "HOME": str(folder), "PYENV_ROOT": str(folder), "FAIL": "", **env},
        capture_output=True,
        text=True,
        timeout=600,
    )
    return done.returncode, [line.removeprefix("-P -m ") for line in calls.read_text().splitlines()]


def what(calls: Sequence[str]) -> list[str]:
    """The calls in short: pip by its last word."""
    return [
        call.rpartition(" ")[2] if call.startswith("pip") else " ".join(call.split()[:2])
        for call in calls
    ]


SET_UP = ["venv .venv", "environments/site.txt", "."]
LINT = ["fieldguide lint", "ruff check", "ruff format", "mypy", ".venv/bin/lint-imports --no-logo"]
TESTS = [*LINT, "pytest -n"]
COVERED = ["coverage combine", "coverage json", "tools/covered.py .fieldguide/coverage/report.json"]


def test_the_first_call_sets_up_and_the_second_does_not(checkout: Path) -> None:
    status, calls = make(checkout, "serve")
    assert (status, what(calls)) == (0, [*SET_UP, "mkdocs serve"])
    assert "mkdocs serve --dev-addr 127.0.0.1:8000" in calls
    assert "--require-hashes" in calls[1]
    assert "--no-deps --no-build-isolation --editable ." in calls[2]
    assert make(checkout, "serve") == (0, ["mkdocs serve --dev-addr 127.0.0.1:8000"])
    assert make(checkout, "build") == (0, ["fieldguide verify --server", "mkdocs build --strict"])
    for gate, expected in (("test", TESTS), ("test-all", [*TESTS, *COVERED])):
        status, calls = make(checkout, gate)
        assert (status, what(calls)) == (0, expected)


def test_the_quick_gate_leaves_out_what_takes_minutes_and_the_other_nothing(
    checkout: Path,
) -> None:
    quick, whole = (make(checkout, gate, "PYTEST=-n0 -k x")[1][-1] for gate in ("test", "test-all"))
    few = " --hypothesis-profile quick "
    assert quick.endswith(f"{few}--ignore tests/whole --ignore tests/browser -m not whole -n0 -k x")
    assert whole.endswith(" -n0 -k x")
    assert "--ignore" not in whole
    assert "--hypothesis-profile" not in whole
    assert {"whole", "browser"} <= {path.name for path in (ROOT / "tests").iterdir()}


def test_coverage_is_measured_where_all_tests_run_and_nowhere_else(checkout: Path) -> None:
    def measured(*arguments: str) -> list[str]:
        calls = make(checkout, *arguments)[1]
        return [" ".join(call.split()[:2]) for call in calls if call.endswith(" measured")]

    assert measured("test-all") == ["pytest -n"]
    assert measured("test") == measured("test-all", "PYTEST=-k x") == measured("build") == []


def test_what_was_covered_before_is_not_what_the_tests_cover_now(checkout: Path) -> None:
    old = checkout / ".fieldguide/coverage/data.old"
    old.parent.mkdir(parents=True)
    old.touch()
    make(checkout, "test-all")
    assert old.parent.is_dir()
    assert not old.exists()


@pytest.mark.whole
def test_what_changes_the_set_up_makes_it_again(checkout: Path) -> None:
    make(checkout, "lint")
    later = max(path.stat().st_mtime for path in (checkout / ".venv").iterdir()) + 5
    os.utime(checkout / "pyproject.toml", (later, later))
    assert what(make(checkout, "lint")[1])[0] == "."
    os.utime(checkout / "environments/site.txt", (later, later))
    (checkout / ".venv/left").touch()
    assert what(make(checkout, "lint")[1])[:3] == SET_UP
    assert not (checkout / ".venv/left").exists()


@pytest.mark.whole
def test_another_python_makes_it_again(checkout: Path) -> None:
    make(checkout, "lint")
    assert what(make(checkout, "lint", "PYTHON=python3.13")[1])[0] == "fieldguide lint"
    assert what(make(checkout, "lint", "PYTHON=python3.11")[1])[:3] == SET_UP
    assert what(make(checkout, "lint", "PYTHON=3.11")[1])[0] == "fieldguide lint"
    assert what(make(checkout, "lint")[1])[:3] == SET_UP


@pytest.mark.whole
@pytest.mark.parametrize("fails", ["site.txt", "editable"])
def test_a_half_made_environment_is_not_used(checkout: Path, fails: str) -> None:
    status, _ = make(checkout, "build", FAIL=fails)
    assert status == 2
    status, calls = make(checkout, "build")
    redone = SET_UP if fails == "site.txt" else ["."]
    assert (status, what(calls)) == (0, [*redone, "fieldguide verify", "mkdocs build"])


@pytest.mark.whole
def test_what_is_set_up_is_used_where_nobody_may_write(checkout: Path) -> None:
    make(checkout, "lint")
    stamp = (checkout / ".venv/.python").stat()
    assert what(make(checkout, "lint")[1])[0] == "fieldguide lint"
    assert (checkout / ".venv/.python").stat() == stamp
    assert not (checkout / ".venv/.python.new").exists()


@pytest.mark.parametrize("there", [True, False])
def test_where_nobody_may_write_the_message_has_the_next_act(checkout: Path, there: bool) -> None:
    """A file or a folder in the way of what make writes is as good as a folder that is closed,
    which root may write to all the same."""
    if there:
        (checkout / ".venv/.python.new").mkdir(parents=True)
    else:
        (checkout / ".venv").touch()
    done = subprocess.run(
        ["make", ".venv/.project"],
        cwd=checkout,
        env={"PATH": f"{checkout}/bin:/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.returncode == 2
    assert "Next: copy the project to a folder of yours, and run make there." in done.stderr


def test_nothing_at_the_top_runs_while_a_python_is_looked_for(checkout: Path) -> None:
    """Python would import it from the folder that it starts in."""
    for name in ("ensurepip.py", "venv.py"):
        (checkout / name).write_text("open('ran', 'w').close()\n")
    real = {**os.environ, "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin"}
    command = ["sh", "hooks/choose-python.sh", sys.executable]
    done = subprocess.run(command, cwd=checkout, env=real, capture_output=True, timeout=600)
    assert done.returncode == 0
    assert not (checkout / "ran").exists()


def test_no_python_stops_make(checkout: Path) -> None:
    assert make(checkout, "build", "PYTHON=python3.10") == (2, [])


def test_ci_runs_what_everybody_runs(checkout: Path) -> None:
    script(checkout / "bin/make", 'echo "$* $FIELDGUIDE_SANDBOX" >> calls')
    script(checkout / ".ci/sandbox", "echo sandbox >> calls")
    subprocess.run(
        ["bash", str(checkout / ".ci/run")],
        env={"PATH": f"{checkout}/bin:/usr/bin:/bin"},
        check=True,
        timeout=600,
    )
    calls = "sandbox\ntest-all strict\ntest-postgres strict\nbuild strict\n"
    assert (checkout / "calls").read_text() == calls
