"""A page with fences, rendered with results of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from samples import inline_results, leave, report

from fieldguide.model import Failure, Location, Result
from fieldguide.project.collect import collect
from fieldguide.showing import kept

PAGE = "docs/concepts/x.md"

NAMES = (
    *("fieldguide", "admonition", "attr_list", "def_list", "footnotes", "md_in_html"),
    *("pymdownx.details", "pymdownx.highlight", "pymdownx.superfences", "pymdownx.tabbed"),
)

FAILURE = Failure(Location(PAGE, 4), 'expected "b", got "a"', expected="b", actual="a")

Configs = Mapping[str, Mapping[str, Any]]

VOID = {"input", "br", "hr", "img"}


class Facts(HTMLParser):
    """The tags of a page with their classes and texts; fails where one is not closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.code = ""
        self.text = ""
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.attributes += [(name, value or "") for name, value in attributes]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.attributes += [(name, value or "") for name, value in attributes]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data
        if "pre" in self.open:
            self.code += data

    @property
    def classes(self) -> set[str]:
        values = [value for name, value in self.attributes if name == "class"]
        return {word for value in values for word in value.split()}


class Relpath(Treeprocessor):
    """Tells the page's path, as MkDocs does."""

    file = SimpleNamespace(src_uri=PAGE.removeprefix("docs/"), abs_src_path=None)


class Site:
    """A miniature project whose only page has fences."""

    def __init__(self, root: Path, patch: pytest.MonkeyPatch) -> None:
        self.root = root
        self.collected = 0

        def collected(root: Path) -> Any:
            self.collected += 1
            return collect(root)

        patch.setattr(kept, "collect", collected)

    def verify(
        self,
        text: str,
        failures: Mapping[str, Failure] | None = None,
        change: Callable[[Result], Result] = lambda result: result,
    ) -> None:
        """Leave results for the page as verifying would."""
        self.write(text)
        results = map(change, inline_results(collect(self.root), PAGE, failures))
        leave(self.root, report(*results))

    def write(self, text: str) -> None:
        (self.root / PAGE).write_text(text, "utf-8")

    def convert(
        self, text: str, *names: str, told: bool = True, configs: Configs | None = None
    ) -> str:
        """The page as HTML, under a host that tells its path, or does not."""
        every: dict[str, Mapping[str, Any]] = {
            "pymdownx.tabbed": {"alternate_style": True},
            "fieldguide": {"root": str(self.root)},
        }
        md = Markdown(extensions=names or NAMES, extension_configs={**every, **(configs or {})})
        if told:
            md.treeprocessors.register(Relpath(md), "relpath", 0)
        return md.convert(text)

    def show(self, text: str, failures: Mapping[str, Failure] | None = None) -> str:
        self.verify(text, failures)
        html = self.convert(text)
        Facts(html)
        return html


def fence(info: str, source: str = "print(1)") -> str:
    return f"```{info}\n{source}\n```\n"


RUN = fence('python {.run data-env="flask"}')
