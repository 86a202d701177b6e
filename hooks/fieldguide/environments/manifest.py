"""The manifest of an environment: its contents. It is written last and marks a whole one."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Collection
from contextlib import suppress
from pathlib import Path
from typing import Any

from ..base import atomic
from ..model import Distribution, Environment
from . import installed

NAME = "fieldguide.json"
SCHEMA = 1
"""A higher number makes every environment anew: raise it when the form of the manifest changes, or
the way in which environments are made."""

ROWS = ("name", "version", "modules", "direct", "requires")
"""The columns of its table of distributions. A manifest with other columns is written anew."""

PYTHON = ".".join(map(str, sys.version_info[:3]))


def write(folder: Path, lock_digest: str, project_digest: str, direct: Collection[str]) -> None:
    """Examine the environment in ``folder`` and write down its contents."""
    site = folder / _site()
    manifest = {
        "schema": SCHEMA,
        "version": PYTHON,
        "lock": lock_digest,
        "project": project_digest,
        "stat": installed.stat_digest(site),
        "fingerprint": installed.fingerprint(site),
        "rows": ROWS,
        "distributions": _rows(installed.distributions(site, direct)),
    }
    _replace(folder, manifest)


def read(
    folder: Path,
    name: str,
    lock_digest: str,
    project_digest: str,
    direct: Callable[[], Collection[str]],
) -> Environment | None:
    """The environment in ``folder``, or None where there is no whole one.

    Where an installed file or ``pyproject.toml`` has changed since, the manifest is brought up to
    date; ``direct`` gives the names that the project asks for.
    """
    try:
        manifest = json.loads((folder / NAME).read_bytes())
        if manifest["schema"] != SCHEMA or manifest["lock"] != lock_digest:
            return None
        if not python(folder).exists():  # the Python that it was made from is gone
            return None
        stat = installed.stat_digest(folder / _site())
    except (OSError, ValueError, KeyError, TypeError):
        return None
    known = (manifest["stat"], manifest["project"], manifest.get("rows"))
    if known != (stat, project_digest, [*ROWS]):
        _refresh(folder, manifest, stat, project_digest, direct())
    return Environment(
        name=name,
        python=python(folder),
        python_version=manifest["version"],
        lock_digest=lock_digest,
        distributions=tuple(
            Distribution(name, version, tuple(modules), direct, tuple(requires))
            for name, version, modules, direct, requires in manifest["distributions"]
        ),
        fingerprint=manifest["fingerprint"],
    )


def python(folder: Path) -> Path:
    """The interpreter inside the environment."""
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _site() -> str:
    if os.name == "nt":
        return "Lib/site-packages"
    threads = "t" if "t" in sys.abiflags else ""
    return f"lib/python{sys.version_info[0]}.{sys.version_info[1]}{threads}/site-packages"


def _refresh(
    folder: Path, manifest: dict[str, Any], stat: str, project: str, direct: Collection[str]
) -> None:
    site = folder / _site()
    if stat != manifest["stat"]:
        manifest["fingerprint"] = installed.fingerprint(site)
    manifest["distributions"] = _rows(installed.distributions(site, direct))
    manifest["stat"], manifest["project"], manifest["rows"] = stat, project, [*ROWS]
    with suppress(OSError):  # a folder that cannot be written is looked through each time
        _replace(folder, manifest)


def _rows(distributions: Collection[Distribution]) -> list[list[Any]]:
    return [[d.name, d.version, d.modules, d.direct, d.requires] for d in distributions]


def _replace(folder: Path, manifest: dict[str, Any]) -> None:
    atomic.write(folder / NAME, json.dumps(manifest, indent=1).encode("utf-8"))
