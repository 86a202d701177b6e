"""What the tests of the pages share: a miniature site, and a page of fences in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from fence_pages import Site
from proven_site import lay_out


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The miniature site, without results."""
    return lay_out(tmp_path / "project")


@pytest.fixture
def site(root: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """The miniature site with a page of fences."""
    return Site(root, monkeypatch)
