"""Other surroundings for a tree: other owners, a load, another time."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
NOBODY = 64999
"""A user whom no list of users has."""
HOMELESS = {"HOME": "/nonexistent"}
_GIT = ("git", "-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "gc.auto=0")


def lay_out(folder: Path, *, git: bool) -> Path:
    """A copy of what git tracks here, as it is now: a clone, or an archive without git."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--deduplicate"], cwd=ROOT, stdout=subprocess.PIPE, check=True
    ).stdout
    for name in filter(None, os.fsdecode(listed).split("\0")):
        if (ROOT / name).exists():  # not if it was removed since
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name, follow_symlinks=False)
    if git:
        for words in (("init", "--quiet"), ("add", "."), ("commit", "--quiet", "-m", "As it is")):
            subprocess.run([*_GIT, *words], cwd=folder, check=True)
    return folder


def as_nobody() -> list[str]:
    """What stands before a command so that a user without an account runs it. Only root can do
    that: anybody else goes on as who they are."""
    if os.geteuid() != 0:
        return []
    return ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]


def own(folder: Path) -> Path:
    """Give a folder to whoever `as_nobody` runs as."""
    folder.mkdir(exist_ok=True)
    if os.geteuid() == 0:
        subprocess.run(["chown", "-R", f"{NOBODY}:{NOBODY}", folder], check=True)
    return folder


def read_only(folder: Path) -> list[str]:
    """What stands before a command that finds the folder as on a disk that is read-only. Only root
    can do that, whom modes do not stop: anybody else finds it `closed`."""
    if os.geteuid() != 0:
        return []
    mount = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && cd "$0" && exec "$@"'
    return ["unshare", "--mount", "sh", "-c", mount, str(folder)]


@contextmanager
def closed(folder: Path) -> Iterator[None]:
    """A tree in which nobody may write."""
    subprocess.run(["chmod", "-R", "a-w", folder], check=True)
    try:
        yield
    finally:
        subprocess.run(["chmod", "-R", "u+w", folder], check=True)


def without(name: str) -> dict[str, str]:
    return {key: value for key, value in os.environ.items() if key != name}


@contextmanager
def load(number: int) -> Iterator[list[subprocess.Popen[bytes]]]:
    """So many processes beside us that never rest."""
    loop = [sys.executable, "-S", "-c", "while True: pass"]
    busy = [subprocess.Popen(loop, start_new_session=True) for _ in range(number)]
    try:
        yield busy
    finally:
        for process in busy:
            process.kill()
            process.wait()


def later(folder: Path, time: str) -> dict[str, str]:
    """Variables for another clock, by the library that the project itself uses for second runs."""
    packages = ".venv/lib/python*/site-packages"
    found = list(folder.glob(f"{packages}/libfaketime/vendor/**/libfaketime.so.1"))
    if not found:
        raise SystemExit(f"{folder}: libfaketime is not in .venv. Next: make .venv/.project")
    return {
        "LD_PRELOAD": str(found[0]),
        "FAKETIME": f"@{time}",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }
