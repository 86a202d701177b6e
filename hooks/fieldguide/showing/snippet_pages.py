"""A page a snippet: where it is, and the Markdown that a host makes it of.

No one writes these pages, and none lies in the docs folder: the hook hands them to the host.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .evidence import Evidence

_PAGE = """\
---
title: {title}
description: {description}
---

# {heading}

::: snippet-page {id}
"""


def doc(guide: str, framework: str) -> str:
    """The page of one framework's snippet below its guide, both as paths in the docs folder."""
    path = PurePosixPath(guide)
    folder = path.parent if path.stem in ("index", "README") else path.with_suffix("")
    return str(folder / f"{framework}.md")


def pages(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """Each page: its path in the docs folder, and its Markdown."""
    for snippet in evidence.project.snippets.values():
        page = evidence.page(snippet)
        if page is None:
            continue
        concept = evidence.title(snippet.concept)
        framework = evidence.project.frameworks[snippet.framework].title
        title = f"{concept} in {framework}"
        description = (
            f"{concept} in {framework}, a Python web framework: an application that runs, how to "
            "start it, and each request that it was held to, with its response."
        )
        yield (
            page,
            _PAGE.format(
                title=json.dumps(title, ensure_ascii=False),
                description=json.dumps(description, ensure_ascii=False),
                heading=title,
                id=snippet.id,
            ),
        )
