"""What git tracks below a folder: the files that a change can bring, and that a clone has."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

FILES = ("100644", "100755")
"""The modes of files; a link has 120000, a submodule 160000."""

_PROJECT = "pyproject.toml"


@dataclass(frozen=True, slots=True)
class Listing:
    """What git says of a project's folder."""

    modes: Mapping[str, str] | None
    """The mode of each path that it tracks, relative to the folder; a name that is not UTF-8 has
    surrogates. None where the folder is no checkout, or git cannot say."""
    silent: str = ""
    """Why git cannot say, though the folder is a checkout."""


def tracked(root: Path) -> Listing:
    """What git tracks below ``root``.

    A project that was copied without its ``.git`` is no checkout; nor is one that lies in the
    checkout of something else, which does not track it.
    """
    if not any(
        (folder / ".git").exists() for folder in (root.absolute(), *root.absolute().parents)
    ):
        return Listing(None)
    # It answers in a checkout of somebody else, as in a container, because it starts no program
    # that the repository's own configuration names, asks no other repository, and heeds no hook's
    # variables.
    settings = ("safe.directory=*", "core.fsmonitor=false", "protocol.allow=never")
    command = ["git", *(word for setting in settings for word in ("-c", setting))]
    command += ["ls-files", "--stage", "-z"]
    variables = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GIT_") or name.startswith("GIT_CONFIG")
    }
    try:
        done = subprocess.run(
            command, cwd=root, env=variables, stdin=subprocess.DEVNULL, capture_output=True
        )
    except OSError as error:
        return Listing(None, f"git cannot be started: {error.strerror or error}")
    if done.returncode != 0:
        said = os.fsdecode(done.stderr).strip().partition("\n")[0]
        return Listing(None, said.removeprefix("fatal: ") or f"git ended with {done.returncode}")
    modes = {}
    for entry in os.fsdecode(done.stdout).split("\0")[:-1]:
        about, _, path = entry.partition("\t")
        modes[path] = about[:6]
    return Listing(modes if _PROJECT in modes else None)
