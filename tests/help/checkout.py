"""A folder as a checkout of git, whose index holds what a test wants."""

from __future__ import annotations

import subprocess
from pathlib import Path


def git(root: Path, *arguments: str | bytes, told: str = "") -> str:
    """What git prints in that folder, without any settings of whoever runs the tests."""
    done = subprocess.run(
        ["git", "-c", "safe.directory=*", *arguments],
        cwd=root,
        env={"PATH": "/usr/bin:/bin:/usr/local/bin", "HOME": str(root), "GIT_CONFIG_NOSYSTEM": "1"},
        input=told,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout


def checkout(root: Path) -> Path:
    """Make the folder a checkout that tracks everything in it; nothing is committed."""
    git(root, "init", "--quiet")
    add(root, ".", ignored=True)
    return root


def add(root: Path, path: str, *, ignored: bool = False) -> None:
    """Track a path, and with ``ignored`` also what the settings leave out."""
    git(root, "add", *(["--force"] if ignored else []), "--", path)


def forge(root: Path, mode: str, path: str) -> None:
    """Put an entry into the index that no file stands for: a link, a submodule, a strange name."""
    kind = "0" * 39 + "1"
    git(root, "update-index", "-z", "--index-info", told=f"{mode} {kind}\t{path}\0")
