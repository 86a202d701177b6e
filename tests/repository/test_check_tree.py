"""`hooks/check-tree.sh`: what make refuses before it believes or makes a `.venv`."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from checkout import checkout, forge

from fieldguide.environments import pins

ROOT = Path(__file__).parents[2]
HASH = " \\\n    --hash=sha256:" + "0" * 64
LOCKS = {
    "": True,
    "# a comment\n\n": True,
    f"flask==3.1.3{HASH}\n": True,
    f"a[b,c]==1.0+local ; python_version < '3.12' and platform_machine != 'x86-64'{HASH}": True,
    f"a.b-c==1!2.0.post1 ; sys_platform == 'win32'{HASH}{HASH}\nb==2{HASH}": True,
    "flask==3.1.3\n": False,
    f"flask>=3{HASH}": False,
    f"flask @ file:///tmp/x.whl{HASH}": False,
    f"./x.whl{HASH}": False,
    "-r other.txt\n": False,
    " --index-url http://127.0.0.1\n": False,
    f"flask==3{HASH} --no-binary :all:\n": False,
    f"flask==3 ; python_version < '3' -e .{HASH}": False,
    "flask==3 \\\n    --hash=md5:00\n": False,
    "# a\x0c--index-url x\n": False,
    f"fl\u200bask==3{HASH}": False,
}
"""Locks, and whether pip may be given them."""

pytestmark = pytest.mark.skipif(os.name == "nt", reason="make and sh are for POSIX systems")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "tree/environments").mkdir(parents=True)
    (tmp_path / "tree/environments/site.txt").touch()
    (tmp_path / "tree/pyproject.toml").touch()
    return tmp_path / "tree"


def check(tree: Path) -> tuple[int, list[str]]:
    done = subprocess.run(
        ["/bin/sh", ROOT / "hooks/check-tree.sh"],
        cwd=tree,
        env={"PATH": os.environ["PATH"], "HOME": str(tree)},
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.stdout == ""
    return done.returncode, done.stderr.splitlines()


def test_nothing_is_said_of_a_tree_without_git(tree: Path) -> None:
    assert check(tree) == (0, [])


@pytest.mark.parametrize("folder", [".venv", ".fieldguide", "site", ".VENV"])
def test_what_commands_make_may_not_come_with_a_clone(tree: Path, folder: str) -> None:
    checkout(tree)
    assert check(tree) == (0, [])
    forge(tree, "100755", f"{folder}/bin/python")
    status, said = check(tree)
    assert (status, len(said)) == (2, 1)
    assert said[0].startswith(f"{folder}: git tracks files here")
    assert said[0].endswith(f"Next: git rm -r --force {folder}.")


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_is_read_as_strictly_as_the_engine_reads_it(tree: Path, lock: str) -> None:
    (tree / "environments/site.txt").write_text(lock, "utf-8")
    status, said = check(tree)
    assert (status == 0) is (not said) is LOCKS[lock]
    assert (not list(pins.unfit("environments/site.txt", lock.encode()))) is LOCKS[lock]


@pytest.mark.skipif(not shutil.which("make"), reason="needs make")
def test_make_believes_no_python_that_came_with_the_clone(tree: Path) -> None:
    shutil.copy(ROOT / "Makefile", tree)
    shutil.copytree(ROOT / "hooks", tree / "hooks", ignore=shutil.ignore_patterns("[!cn]*"))
    python = tree / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text(f"#!/bin/sh\ntouch {tree}/ran\n")
    python.chmod(0o755)
    for stamp in (".python", ".packages", ".project"):
        (tree / ".venv" / stamp).touch()
    checkout(tree)
    for target in ("lint", "test", "build", "serve"):
        done = subprocess.run(["make", target], cwd=tree, capture_output=True, timeout=600)
        assert done.returncode == 2
        assert b".venv: git tracks files here" in done.stderr
    assert not (tree / "ran").exists()
