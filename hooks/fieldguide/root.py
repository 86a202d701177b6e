"""Where a project begins."""

from __future__ import annotations

from pathlib import Path


def find_root(start: Path) -> Path | None:
    """The nearest folder upwards that holds ``pyproject.toml`` and ``snippets/``."""
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / "pyproject.toml").is_file() and (folder / "snippets").is_dir():
            return folder
    return None
