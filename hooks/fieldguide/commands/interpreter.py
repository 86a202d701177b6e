"""The verb ``python``: which interpreter runs what an ID names."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ..base.problems import Problems
from ..environments import prepare
from ..project.collect import collect
from .gate import gate
from .selection import select


def interpreter(root: Path, name: str, say: Callable[[str], None]) -> Path:
    """The Python of the first that the name selects; its environment is made if it is missing."""
    gate.hold(root)
    project = collect(root)
    unknown = Problems()
    chosen = select(unknown, project, [name])
    unknown.stop()
    environments = [
        *(snippet.framework for snippet in (*chosen.snippets, *chosen.probes)),
        *(group.env for group in chosen.groups),
    ]
    return prepare.named(root, environments[0] if environments else "python", say).python
