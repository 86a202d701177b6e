"""Which Python runs a snippet, which one runs a contract, and what they may read."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from ..base.paths import WORKER
from ..model import Environment

BARE = "python"
"""The name of the environment that has nothing installed."""


_PYTHON = ("-sPBu", "-X", "utf8")
"""-s and -P: nothing but the environment is importable; -B: a run writes nothing beside the
snippet's files; -u: output survives an abrupt end."""


def application(environment: Environment) -> list[str]:
    """The interpreter that runs a snippet."""
    if environment.name == BARE:
        return judge()
    return [str(environment.python), *_PYTHON]


def judge() -> list[str]:
    """The interpreter that runs a contract: a bare one, without any environment."""
    return [str(Path(sys.base_prefix, "bin", f"python{sys.version_info[0]}")), "-S", *_PYTHON]


def prefix(environment: Environment) -> str:
    """The environment's folder; empty for the bare interpreter, which has none."""
    return "" if environment.name == BARE else str(environment.python.parent.parent)


def readable(environment: Environment | None) -> Iterable[Path]:
    """What an interpreter needs to see besides the system."""
    yield from (Path(sys.base_prefix), Path(sys.base_exec_prefix), WORKER)
    if environment is not None and environment.name != BARE:
        root = environment.python.parent.parent
        yield root
        linked = (path.resolve() for path in root.iterdir() if path.is_symlink())
        yield from (path for path in linked if not path.is_relative_to(root.resolve()))
