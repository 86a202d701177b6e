"""What stands at the top of every page is read by the host, and not shown as text."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from mkdocs.utils.meta import get_data

DOCS = Path(__file__).parents[2] / "docs"
PAGES = sorted(page for page in DOCS.rglob("*.md") if page.read_text("utf-8").startswith("---\n"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(DOCS).as_posix())
def test_the_front_matter_is_read(path: Path) -> None:
    text = path.read_text("utf-8")
    yaml.safe_load(text.split("---\n")[1])  # which says what is wrong; the host says nothing
    rest, found = get_data(text)
    assert found
    assert not rest.startswith("---")
