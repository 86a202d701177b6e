"""What the site shows of a page's fences: the whole page rendered, and its fences read back.

Independent of the scanner: no cutting of pages, and every extension of mkdocs.yml but the
project's own. Each fence is rendered as a tag that carries its language and source.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from copy import deepcopy
from functools import cache, lru_cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import yaml
from markdown import Markdown
from mkdocs.utils import meta
from pymdownx.superfences import SuperFencesCodeExtension  # type: ignore[import-untyped]

ROOT = Path(__file__).parents[2]
TAG = "shown-fence"


class _Loader(yaml.SafeLoader):
    """Reads mkdocs.yml without the functions and variables that it names."""


_Loader.add_multi_constructor("tag:yaml.org,2002:python/", lambda loader, suffix, node: None)
_Loader.add_constructor("!ENV", lambda loader, node: None)


@cache
def _settings() -> dict[str, Any]:
    settings: dict[str, Any] = yaml.load((ROOT / "mkdocs.yml").read_text("utf-8"), _Loader)
    return settings


def extensions() -> dict[str, dict[str, Any]]:
    """The extensions of mkdocs.yml with their options; functions are left out."""
    chosen: dict[str, dict[str, Any]] = {}
    for entry in deepcopy(_settings())["markdown_extensions"]:
        [(name, options)] = entry.items() if isinstance(entry, dict) else [(entry, {})]
        chosen[name] = {key: value for key, value in options.items() if value is not None}
    return chosen


def markdown(base: Path | None) -> Markdown:
    """A Markdown instance as the site has it, whose fences are tags; ``base`` holds includes."""
    chosen = extensions()
    del chosen["fieldguide"]
    if base is None:
        del chosen["pymdownx.snippets"]
    else:
        chosen["pymdownx.snippets"]["base_path"] = [str(base / "snippets"), str(base)]
    md = Markdown(extensions=list(chosen), extension_configs=chosen)
    for extension in md.registeredExtensions:
        if isinstance(extension, SuperFencesCodeExtension):
            extension.superfences[0]["formatter"] = _format
    return md


@lru_cache(maxsize=4)
def _kept(base: Path | None) -> Markdown:
    return markdown(base)


def _format(src: str = "", language: str | None = "", **_: Any) -> str:
    told = json.dumps([language or "", src]).encode()
    return f"<{TAG} is={base64.urlsafe_b64encode(told).decode().rstrip('=')}>"


class _Shown(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.fences: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if tag == TAG and name == "is" and value:
                told = json.loads(base64.urlsafe_b64decode(value + "=" * (-len(value) % 4)))
                self.fences.append((told[0], told[1]))


def shown(text: str, base: Path | None = None) -> list[tuple[str, str]]:
    """Language and source of every fence that a reader of the page sees, sorted.

    Text is as MkDocs reads it: from bytes, without a mark at its start, newlines made one.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    body, _ = meta.get_data(text)
    md = _kept(base)
    md.reset()
    parser = _Shown()
    parser.feed(md.convert(body))
    parser.close()
    return sorted(parser.fences)


def pages(folder: Path) -> Iterator[tuple[Path, str]]:
    """Every Markdown file below a folder that is text."""
    for path in sorted(folder.rglob("*.md")):
        if path.is_file():
            try:
                yield path, path.read_bytes().decode("utf-8-sig")
            except UnicodeDecodeError:
                continue


def lines(text: str) -> list[str]:
    """A file's lines as editors count them; form feeds and their like end none."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
