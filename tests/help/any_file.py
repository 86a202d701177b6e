"""Includes of any file, as the site's own Markdown alone has them."""

from __future__ import annotations

from pathlib import Path

from fieldguide.pages import page_files
from fieldguide.pages.includable import Includable
from fieldguide.pages.includes import Include


def including(root: Path) -> Include:
    """Resolves the includes of a page in a folder, whatever git says of them."""
    rule = Includable(root)
    rule._acts = lambda file: iter(())  # type: ignore[method-assign]
    return page_files.including(rule)
