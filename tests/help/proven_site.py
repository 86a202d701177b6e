"""The miniature site ``sites/proven``, and its pages without a host."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from markdown import Markdown

SITE = Path(__file__).parents[1] / "sites" / "proven"

TABS: Mapping[str, Mapping[str, Any]] = {"pymdownx.tabbed": {"alternate_style": True}}


def lay_out(folder: Path) -> Path:
    """A copy of the site, without results, in a folder that is not there yet."""
    shutil.copytree(SITE, folder, ignore=shutil.ignore_patterns(".fieldguide"))
    return folder


def convert(root: Path, text: str, *extensions: str) -> str:
    """Markdown as a page of the site shows it, under no host."""
    names = ["fieldguide", "pymdownx.superfences", "pymdownx.tabbed", *extensions]
    configs: dict[str, Mapping[str, Any]] = {**TABS, "fieldguide": {"root": str(root)}}
    return Markdown(extensions=names, extension_configs=configs).convert(text)
