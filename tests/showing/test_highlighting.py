"""A snippet's files look as the site's own code does."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from markdown import Markdown


def test_code_is_highlighted_as_the_site_does(root: Path) -> None:
    configs: dict[str, Mapping[str, Any]] = {
        "fieldguide": {"root": str(root)},
        "pymdownx.highlight": {"linenums": True},
    }
    names = ["fieldguide", "pymdownx.highlight", "pymdownx.superfences"]
    md = Markdown(extensions=names, extension_configs=configs)
    html = md.convert("```python\nx = 1\n```\n\n::: snippet routing/flask\n")
    assert html.count('class="highlighttable"') == 3
    assert sorted(set(re.findall(r"__span-(\d+)-1", html))) == []
    assert '<span class="filename">templates/index.html</span>' in html
    assert '<span class="nd">@app</span>' in html
