"""Reading lists of the cases on disk, laid out in a project."""

from __future__ import annotations

import shutil
from pathlib import Path

from fieldguide.model import Location
from fieldguide.reading.model import Resource

CASES = Path(__file__).parents[1] / "cases" / "reading"
BASE = CASES.parent / "base"
ROOT = Path(__file__).parents[2]
WHOLE = CASES / "_whole"
ONE = Resource(
    location=Location("docs/reading/resources.yml", 1),
    id="one",
    title="One",
    url="https://example.org/one",
    authors=("Ada Lovelace",),
    kind="tutorial",
    level="beginner",
    frameworks=("flask",),
    concepts=("routing",),
    year=2025,
    cost="free",
    language="en",
    why="For a first page.",
    status="current",
    added="2026-11-01",
)


def lay_out(root: Path, case: Path = WHOLE) -> Path:
    """Give a project the reading lists of a case."""
    folder = root / "docs/reading"
    shutil.copytree(WHOLE, folder)
    shutil.copytree(case, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("expected.txt"))
    return root


def project(root: Path) -> Path:
    """The base project with its locks and without environments: nothing in it can be run."""
    shutil.copytree(BASE, root)
    (root / "environments").mkdir()
    for name in ("flask", "bottle"):
        lock = f"environments/{name}.txt"
        shutil.copyfile(ROOT / lock, root / lock)
    return root
