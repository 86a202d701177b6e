"""The folders of the engine, of its worker and of a project."""

from __future__ import annotations

import sys
from pathlib import Path

ENGINE = Path(str(sys.modules[__name__.partition(".")[0]].__file__)).parent
"""The folder of the whole package."""


WORKER = ENGINE / "worker"
"""The folder of the code that runs in the process of a snippet or a fence."""


def find_root(start: Path) -> Path | None:
    """The nearest folder, from ``start`` upwards, that holds ``pyproject.toml`` and ``snippets/``;
    None where there is none."""
    for folder in (start, *start.parents):
        if (folder / "pyproject.toml").is_file() and (folder / "snippets").is_dir():
            return folder
    return None
