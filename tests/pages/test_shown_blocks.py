"""What Python-Markdown makes of a page's fences: kept by its text, asked one page at a time."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from fieldguide.pages.fences import shown_blocks


@pytest.fixture
def _hasty() -> Iterator[None]:
    """Threads take turns far more often than they do by themselves."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("_hasty")
def test_pages_that_are_read_at_once_do_not_mix() -> None:
    """A page of n fences, of which the indented half is code and no fence."""
    pages = [
        [line for _ in range(n) for line in ("Text.", "", "```", "a", "```", "", "    ```", "")]
        for n in range(1, 40)
    ]
    with ThreadPoolExecutor(8) as pool:
        blocks = list(pool.map(shown_blocks.read, pages))
    assert [len(page.visible) for page in blocks] == [*range(1, 40)]
