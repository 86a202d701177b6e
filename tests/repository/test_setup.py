"""The set-up that a newcomer meets: choosing a Python, make, the locks and the papers."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FRAMEWORKS = tuple(
    tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["fieldguide"]["frameworks"]
)
LOCKS = sorted((ROOT / "environments").glob("*.txt"))

pytestmark = pytest.mark.skipif(os.name == "nt", reason="make and sh are for POSIX systems")


def script(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


def fake_python(path: Path, version: str, *, venv: bool = True) -> Path:
    """A Python that answers as `version` would, from wherever it lies."""
    numbers = tuple(int(part) for part in version.split("."))
    lie = f"import sys; sys.version_info = {numbers}; sys._base_executable = {str(path)!r}; "
    lie += "" if venv else "sys.modules['ensurepip'] = None; "
    return script(
        path,
        f'[ "$1" = --version ] && exec echo Python {version}\n'
        f'exec {sys.executable} -c "{lie}exec(sys.argv[1])" "$2"',
    )


def fake_shim(path: Path) -> Path:
    """What pyenv leaves on the path for a version that is not the chosen one."""
    return script(path, f'echo "pyenv: {path.name}: command not found" >&2\nexit 127')


def choose(
    folder: Path, *arguments: str, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", str(ROOT / "hooks/choose-python.sh"), *arguments],
        cwd=folder,
        env={"PATH": str(folder / "bin"), "HOME": str(folder), **(env or {})},
        capture_output=True,
        text=True,
        timeout=600,
    )


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A machine without a Python, and a project that wants 3.13."""
    (tmp_path / "bin").mkdir()
    (tmp_path / ".python-version").write_text("3.13\n")
    return tmp_path


def test_the_wanted_python_is_used_without_a_word(machine: Path) -> None:
    fake_python(machine / "bin/python3", "3.12.1")
    wanted = fake_python(machine / "bin/python3.13", "3.13.0")
    done = choose(machine)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{wanted}\n", "")


def test_python3_is_used_if_it_is_the_wanted_one(machine: Path) -> None:
    wanted = fake_python(machine / "bin/python3", "3.13.2")
    done = choose(machine)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{wanted}\n", "")


def test_3_1_is_not_taken_for_3_13(machine: Path) -> None:
    (machine / ".python-version").write_text("3.1\n")
    fake_python(machine / "bin/python3", "3.13.2")
    assert "Python 3.1 (.python-version) is not here" in choose(machine).stderr


def test_another_python_is_used_with_one_line(machine: Path) -> None:
    fake_python(machine / "bin/python3", "3.9.2")
    other = fake_python(machine / "bin/python3.12", "3.12.1")
    done = choose(machine)
    assert (done.returncode, done.stdout) == (0, f"{other}\n")
    assert done.stderr == (
        f"Python 3.13 (.python-version) is not here: using Python 3.12.1, {other}.\n"
    )


def test_a_shim_that_fails_gives_way_to_the_next_folder_of_the_path(machine: Path) -> None:
    fake_shim(machine / "shims/python3.11")
    real = fake_python(machine / "usr/bin/python3.11", "3.11.2")
    path = f"{machine}/shims:{machine}/usr/bin"
    done = choose(machine, "python3.11", env={"PATH": path})
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{real}\n", "")


@pytest.mark.parametrize(
    ("variable", "folder"),
    [
        ("PYENV_ROOT", "versions"),
        ("ASDF_DATA_DIR", "installs/python"),
        ("MISE_DATA_DIR", "installs/python"),
    ],
)
def test_a_version_manager_has_it_behind_a_failing_shim(
    machine: Path, variable: str, folder: str
) -> None:
    fake_shim(machine / "bin/python3.11")
    fake_python(machine / "their own" / folder / "3.9.18/bin/python3.9", "3.9.18")
    real = fake_python(machine / "their own" / folder / "3.11.7/bin/python3.11", "3.11.7")
    done = choose(machine, "python3.11", env={variable: str(machine / "their own")})
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{real}\n", "")


def test_pyenv_without_the_wanted_version_falls_back_to_another_of_its_own(machine: Path) -> None:
    for name in ("python", "python3", "python3.11", "python3.13"):
        fake_shim(machine / "bin" / name)
    real = fake_python(machine / ".pyenv/versions/3.11.7/bin/python3.11", "3.11.7")
    done = choose(machine)
    assert (done.returncode, done.stdout) == (0, f"{real}\n")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("asked", ["python3.11", "3.11", "/{machine}/bin/python3.11"])
def test_a_chosen_python_is_used_though_the_wanted_one_is_there(machine: Path, asked: str) -> None:
    fake_python(machine / "bin/python3.13", "3.13.0")
    chosen = fake_python(machine / "bin/python3.11", "3.11.2")
    done = choose(machine, asked.format(machine=str(machine).lstrip("/")))
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{chosen}\n", "")


def test_a_chosen_python_that_will_not_do_is_not_replaced(machine: Path) -> None:
    fake_python(machine / "bin/python3.13", "3.13.0")
    old = fake_python(machine / "bin/python3.9", "3.9.18")
    done = choose(machine, "python3.9")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "PYTHON=python3.9 is not a Python from 3.11 on that starts here.\n"
        f"Found: {old} is 3.9.18.\n"
        "Next: install Python 3.11 or newer, or name one: make test PYTHON=/path/to/python3\n"
    )


@pytest.mark.whole
def test_only_old_ones(machine: Path) -> None:
    fake_python(machine / "bin/python3", "3.9.2")
    fake_python(machine / "bin/python", "2.7.18")
    done = choose(machine)
    assert (done.returncode, done.stdout) == (2, "")
    assert "No Python from 3.11 on starts here.\nFound: " in done.stderr
    assert "python3 is 3.9.2; " in done.stderr
    assert "python is 2.7.18.\nNext: install Python 3.11 or newer" in done.stderr


def test_none_at_all(machine: Path) -> None:
    done = choose(machine)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("No Python from 3.11 on starts here.\nNext: install Python")


def test_a_python_without_venv_is_passed_over_and_named(machine: Path) -> None:
    fake_python(machine / "bin/python3.11", "3.11.2", venv=False)
    done = choose(machine)
    assert done.returncode == 2
    assert "python3.11 is 3.11.2 without the venv module.\nNext: install its venv" in done.stderr
    other = fake_python(machine / "bin/python3", "3.12.0")
    assert choose(machine).stdout == f"{other}\n"


def test_an_active_virtual_environment_is_not_what_the_next_one_is_made_from() -> None:
    chosen = subprocess.run(
        ["/bin/sh", str(ROOT / "hooks/choose-python.sh"), sys.executable],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    assert os.path.samefile(chosen, getattr(sys, "_base_executable"))  # noqa: B009
    assert not Path(chosen).is_relative_to(sys.prefix) or sys.prefix == sys.base_prefix


# make, with Pythons that only note what they are asked to do

RECORDING = """\
case $1 in
    --version) exec echo Python {version} ;;
    -c) exec {real} -c "import sys; sys.version_info = {numbers}; \
sys._base_executable = '{path}'; exec(sys.argv[1])" "$2" ;;
esac
echo "$*${{COVERAGE_PROCESS_START:+ measured}}" >> calls
case "$*" in
    "-m venv .venv") mkdir -p .venv/bin && cp "$0" .venv/bin/python ;;
    "-m pip"*"$FAIL"*) [ -z "$FAIL" ] || exit 1 ;;
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
    return done.returncode, [line.removeprefix("-m ") for line in calls.read_text().splitlines()]


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
    assert quick.endswith(" --ignore tests/whole --ignore tests/browser -m not whole -n0 -k x")
    assert whole.endswith(" -n0 -k x")
    assert "--ignore" not in whole
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


# Chromium for the browser tests


def need_chromium(folder: Path, *, user: int, **programs: str) -> tuple[int, list[str], str]:
    """Its exit status, the last words of what it called, and its complaint."""
    for name, text in {"id": f"echo {user}", **programs}.items():
        script(folder / "bin" / name.replace("_", "-"), text)
    (folder / "calls").touch()
    done = subprocess.run(
        ["/bin/sh", str(ROOT / "hooks/need-chromium.sh"), str(folder / "bin/python")],
        cwd=folder,
        env={"PATH": str(folder / "bin")},
        capture_output=True,
        text=True,
        timeout=600,
    )
    return done.returncode, (folder / "calls").read_text().splitlines(), done.stderr


APT = 'echo "apt-get $1" >> calls; '
INSTALLS = "echo '#!/bin/sh' > bin/chromium; /bin/chmod +x bin/chromium"
PLAYWRIGHT = '[ "$1" = -c ] && exit 1; echo "$*" >> calls; '


def test_chromium_that_is_there_is_enough(tmp_path: Path) -> None:
    assert need_chromium(tmp_path, user=0, google_chrome="", apt_get=APT) == (0, [], "")


def test_chromium_comes_from_the_system_for_root(tmp_path: Path) -> None:
    assert need_chromium(tmp_path, user=0, apt_get=APT + INSTALLS) == (0, ["apt-get install"], "")


def test_package_lists_are_fetched_where_they_lack(tmp_path: Path) -> None:
    apt = (
        APT + f"[ $1 = update ] && exec /usr/bin/touch lists; [ -e lists ] || exit 100; {INSTALLS}"
    )
    tries = ["apt-get install"] * 2  # of either package
    calls = [*tries, "apt-get update", "apt-get install"]
    assert need_chromium(tmp_path, user=0, apt_get=apt) == (0, calls, "")


def test_chromium_comes_from_playwright_for_others(tmp_path: Path) -> None:
    calls = ["-m playwright install chromium"]
    made = need_chromium(tmp_path, user=1000, apt_get=APT, python=PLAYWRIGHT)
    assert made == (0, calls, "")


def test_playwrights_own_is_not_fetched_twice(tmp_path: Path) -> None:
    assert need_chromium(tmp_path, user=1000, python='[ "$1" = -c ]') == (0, [], "")


def test_no_chromium_to_be_had(tmp_path: Path) -> None:
    status, _, complaint = need_chromium(tmp_path, user=1000, python=PLAYWRIGHT + "exit 1")
    assert status == 2
    assert complaint.startswith(
        "The browser tests need Chromium, and it could not be installed.\nNext: "
    )


# What lies in the repository


def test_every_framework_has_a_lock_and_every_lock_a_framework() -> None:
    assert {path.stem for path in LOCKS} == {*FRAMEWORKS, "site", "bench"}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.stem)
def test_a_lock_is_pinned_and_hashed_and_holds_no_address(lock: Path) -> None:
    text = lock.read_text("utf-8")
    assert "://" not in text
    assert " @ " not in text
    for requirement in re.split(r"\n(?=\S)", text.strip()):
        assert re.match(r"[a-z0-9.-]+==\S+", requirement)
        assert "--hash=sha256:" in requirement


def test_django_has_a_release_for_3_11_and_a_newer_one() -> None:
    lock = (ROOT / "environments/django.txt").read_text("utf-8")
    assert re.search(r"^django==5\.2\.\d+ ; python_full_version < '3\.12'", lock, re.M)
    assert re.search(r"^django==[67]\S* ; python_full_version >= '3\.12'", lock, re.M)


def test_the_contributing_page_reads_the_same_in_both_places() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    page = ROOT / "docs/about/contributing.md"
    _, shown, own = page.read_text("utf-8").partition('--8<-- "CONTRIBUTING.md"\n')
    assert shown
    # A relative link fits one place only: so each has a name, and in either place its address.
    assert not re.findall(r"\]\((?!https?://|#)", text)
    there, here = (
        {name: _content(folder / path) for name, path in _references(part)}
        for folder, part in ((ROOT, text), (page.parent, own))
    )
    assert there == here
    assert all(path.is_file() for path in there.values())
    assert not re.findall(r"^[ \t]*-+8<-+", text, re.M)


def _content(path: Path) -> Path:
    """The file that a page shows: a page may be nothing but the include of one."""
    match = re.match(r'--8<-- "([^"]+)"\n', path.read_text("utf-8")) if path.is_file() else None
    return (ROOT / match[1] if match else path).resolve()


def _references(text: str) -> list[tuple[str, str]]:
    """The names of links that are defined at a file's end, each with its relative address."""
    return re.findall(r"^\[([^\]^]+)\]: (?!https?://)(\S+)$", text, re.M)


def test_the_readme_names_only_what_make_knows() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    assert {"serve", "test", "build"} <= set(re.findall(r"\bmake (\w+)", text)) & targets
    assert text.index("make serve") < text.index("## ") < text.index("pip install")
