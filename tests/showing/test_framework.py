"""One framework on a page."""

from __future__ import annotations

import re
from pathlib import Path

from proven_site import convert
from samples import store


def test_a_framework_shows_every_concept_as_it_stands_in_it(root: Path) -> None:
    store(root)
    html = convert(root, "::: framework flask")
    rows = re.findall(r'<tr>\s*<th scope="row">.*?</tr>', html, re.S)
    assert len(rows) == 1
    assert any("routing" in row and "fg-cell--passed" in row for row in rows)
    assert re.search(r"<dt>Verified with</dt><dd>Flask [\d.]+, Python [\d.]+</dd>", html)


def test_an_unknown_framework_says_so_on_the_page(root: Path) -> None:
    html = convert(root, "::: framework flsk")
    assert (
        "no framework &quot;flsk&quot; in pyproject.toml (did you mean &quot;flask&quot;?)" in html
    )
