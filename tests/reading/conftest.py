"""What tests of the reading lists share: a small project, and its catalogue."""

from __future__ import annotations

from pathlib import Path

import pytest
import reading_lists

from fieldguide.project.collect import collect
from fieldguide.reading import shelf
from fieldguide.reading.model import Catalogue


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The base project, without reading lists; nothing in it can be run."""
    return reading_lists.project(tmp_path / "project")


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """The catalogue of the whole reading lists, which is only read."""
    root = reading_lists.project(tmp_path_factory.mktemp("lists") / "project")
    return shelf.read(collect(reading_lists.lay_out(root))).catalogue
