"""The Python that make takes: the wanted one, another one, or none."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from scripts import script

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(os.name == "nt", reason="make and sh are for POSIX systems")


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
