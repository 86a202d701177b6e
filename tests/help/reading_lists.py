"""Reading lists of the cases on disk, laid out in a project."""

from __future__ import annotations

import shutil
from pathlib import Path

CASES = Path(__file__).parents[1] / "cases" / "reading"
WHOLE = CASES / "_whole"


def lay_out(root: Path, case: Path = WHOLE) -> Path:
    """Give a project the reading lists of a case."""
    folder = root / "docs/reading"
    shutil.copytree(WHOLE, folder)
    shutil.copytree(case, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("expected.txt"))
    return root
