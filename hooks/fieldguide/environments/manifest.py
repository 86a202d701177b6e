"""The manifest of an environment: its contents. It is written last and marks a whole one."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Collection
from contextlib import suppress
from pathlib import Path
from typing import Any

from ..base.problems import ProblemError
from ..base.writing import atomic
from ..model import Distribution, Environment
from . import installed, intact, problems

NAME = "fieldguide.json"
SCHEMA = 2
"""A higher number makes every environment anew: raise it when the form of the manifest changes, or
the way in which environments are made."""

ROWS = ("name", "version", "modules", "direct", "requires")
"""The columns of its table of distributions. A manifest with other columns is written anew."""

PYTHON = ".".join(map(str, sys.version_info[:3]))


def write(folder: Path, lock_digest: str, project_digest: str, direct: Collection[str]) -> None:
    """Examine the environment in ``folder`` and write down its contents."""
    place = site(folder)
    manifest = {
        "schema": SCHEMA,
        "version": PYTHON,
        "lock": lock_digest,
        "project": project_digest,
        "stat": installed.stat_digest(place),
        "fingerprint": installed.fingerprint(place),
        "rest": intact.rest(folder, place),
        "intact": intact.stamp(folder, place),
        "rows": ROWS,
        "distributions": _rows(installed.distributions(place, direct)),
    }
    _replace(folder, manifest)


def read(
    folder: Path,
    name: str,
    lock_digest: str,
    project_digest: str,
    direct: Callable[[], Collection[str]],
    *,
    checked: bool = False,
) -> Environment | None:
    """The environment in ``folder``, or None where there is no whole one.

    Where an installed file or ``pyproject.toml`` has changed since, the manifest is brought up to
    date; ``direct`` gives the names that the project asks for. Raises `ProblemError` where it has
    to be ``checked`` and is not what was installed.
    """
    try:
        manifest = json.loads((folder / NAME).read_bytes())
        if manifest["schema"] != SCHEMA or manifest["lock"] != lock_digest:
            return None
        if not python(folder).exists():  # the Python that it was made from is gone
            return None
        stat = installed.stat_digest(site(folder))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if checked:
        _check(folder, name, manifest)
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


def site(folder: Path) -> Path:
    """Where its distributions are installed."""
    if os.name == "nt":
        return folder / "Lib/site-packages"
    threads = "t" if "t" in sys.abiflags else ""
    python = f"python{sys.version_info[0]}.{sys.version_info[1]}{threads}"
    return folder / "lib" / python / "site-packages"


def _check(folder: Path, name: str, manifest: dict[str, Any]) -> None:
    """Compare every file with what was installed, once for as long as nobody touches one."""
    place = site(folder)
    stamp = intact.stamp(folder, place)
    if stamp and manifest.get("intact") == stamp:
        return
    if changed := intact.changed(folder, place, manifest.get("rest", "")):
        raise ProblemError(problems.environment_changed(folder, name, changed))
    manifest["intact"] = stamp
    with suppress(OSError):  # a folder that cannot be written is looked through each time
        _replace(folder, manifest)


def _refresh(
    folder: Path, manifest: dict[str, Any], stat: str, project: str, direct: Collection[str]
) -> None:
    place = site(folder)
    if stat != manifest["stat"]:
        manifest["fingerprint"] = installed.fingerprint(place)
    manifest["distributions"] = _rows(installed.distributions(place, direct))
    manifest["stat"], manifest["project"], manifest["rows"] = stat, project, [*ROWS]
    with suppress(OSError):  # a folder that cannot be written is looked through each time
        _replace(folder, manifest)


def _rows(distributions: Collection[Distribution]) -> list[list[Any]]:
    return [[d.name, d.version, d.modules, d.direct, d.requires] for d in distributions]


def _replace(folder: Path, manifest: dict[str, Any]) -> None:
    atomic.write(folder / NAME, json.dumps(manifest, indent=1).encode("utf-8"))
