"""Includes as `pymdownx.snippets` reads them, kept to the files that a page may include.

Collecting has the problem of any other include. But a build can leave the verifying out, and what
it renders is published all the same.
"""

from __future__ import annotations

from collections.abc import Callable

from markdown import Markdown

from ..pages.includable import Includable


def restrict(md: Markdown, includable: Callable[[], Includable]) -> None:
    """Have the preprocessor of includes, where there is one, find no other file."""
    if "snippet" not in md.preprocessors:
        return
    preprocessor = md.preprocessors["snippet"]
    # Not set on the class, which others in this process may use for pages of their own.
    preprocessor.get_snippet_path = lambda path: _found(includable(), path)  # type: ignore[attr-defined]


def _found(includable: Includable, path: str) -> str | None:
    file = includable.find(path)
    return None if file is None else str(file)
