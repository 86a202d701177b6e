"""Where the engine and its worker lie."""

from __future__ import annotations

import sys
from pathlib import Path

ENGINE = Path(str(sys.modules[__name__.partition(".")[0]].__file__)).parent
"""The folder of the whole package."""


WORKER = ENGINE / "worker"
"""What a process that runs a snippet or a fence loads, as files."""


def find_root(start: Path) -> Path | None:
    """The nearest folder, from ``start`` upwards, that holds ``pyproject.toml`` and ``snippets/``;
    None where there is none."""
    for folder in (start, *start.parents):
        if (folder / "pyproject.toml").is_file() and (folder / "snippets").is_dir():
            return folder
    return None
