"""A snippet's files as code blocks, highlighted as the site highlights its fences."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import PurePosixPath
from typing import Any

from markdown import Markdown
from markupsafe import Markup
from pymdownx.highlight import Highlight, HighlightExtension  # type: ignore[import-untyped]

from ...base.html.markup import element
from ...base.text import count, visible
from ...model import Snippet
from ...pages import sections

LANGUAGES = {
    ".py": "python",
    ".html": "html+jinja",
    ".htm": "html+jinja",
    ".jinja": "html+jinja",
    ".jinja2": "html+jinja",
    ".j2": "html+jinja",
    ".mako": "html+mako",
    ".tpl": "html+mako",
    ".xml": "xml",
    ".pt": "xml",
    ".svg": "xml",
    ".css": "css",
    ".js": "js",
    ".json": "json",
    ".toml": "toml",
    ".ini": "ini",
    ".cfg": "ini",
    ".sql": "sql",
    ".sh": "console",
    ".md": "markdown",
}
"""By the end of the file's name; Bottle's templates are highlighted as Mako's, which are alike."""

PLAIN_TEMPLATES = {"webpy": "html"}
"""Frameworks whose templates do not read as Jinja's."""

_NOT_ARGUMENTS = ("css_class", "_enabled")
"""Settings of the extension that its highlighter does not take."""


class Highlighter:
    """The site's highlighter, with the site's own configuration."""

    def __init__(self, md: Markdown) -> None:
        self.md = md

    def files(self, snippet: Snippet) -> Iterator[Markup]:
        """A code block a file: the entry first, the others by name."""
        for path in sorted(snippet.files, key=lambda path: (path != snippet.main, path)):
            content = snippet.files[path]
            if not content.strip():
                continue
            try:
                text = sections.strip(content.decode("utf-8"))
            except UnicodeDecodeError:
                size = f" ({count(len(content), 'byte')}, binary)"
                yield element("p", element("code", path), size, class_="fg-file")
                continue
            yield self.block(text, language(path, snippet.framework), path)

    def block(self, text: str, language: str, title: str) -> Markup:
        """One code block with its title."""
        extension = self._extension()
        extension.pygments_code_block += 1
        settings: dict[str, Any] = extension.get_pymdownx_highlight_settings()
        known = {name: settings[name] for name in settings if name not in _NOT_ARGUMENTS}
        html = Highlight(self.md, **known).highlight(
            visible(text).rstrip("\n"),
            language,
            settings["css_class"],
            title=escape(title),  # which the highlighter writes as it is
            code_block_count=extension.pygments_code_block,
        )
        return Markup(html)

    def _extension(self) -> Any:
        """The site's extension ``pymdownx.highlight``; without one, its defaults."""
        for extension in self.md.registeredExtensions:
            if isinstance(extension, HighlightExtension):
                return extension
        self.md.registerExtensions(
            ["pymdownx.highlight"], {"pymdownx.highlight": {"_enabled": False}}
        )
        return self._extension()


def language(path: str, framework: str) -> str:
    """The name of the language that a file is highlighted as."""
    name = LANGUAGES.get(PurePosixPath(path).suffix.lower(), "text")
    return PLAIN_TEMPLATES.get(framework, name) if name.startswith("html") else name
