"""Where a project starts."""

from __future__ import annotations

from pathlib import Path


def find(start: Path) -> Path | None:
    """The nearest folder, from ``start`` upwards, that holds ``pyproject.toml`` and ``snippets/``;
    None where there is none."""
    for folder in (start, *start.parents):
        if (folder / "pyproject.toml").is_file() and (folder / "snippets").is_dir():
            return folder
    return None
