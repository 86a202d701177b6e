"""A page as it is rendered, includes expanded, with every line's place in its own file.

Follows ``pymdownx.snippets`` with ``dedent_subsections``, which expands includes before anything
else looks at the page.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from pymdownx.snippets import SnippetPreprocessor  # type: ignore[import-untyped]

from ..base import bounds
from ..base.problems import ProblemError, Problems
from ..model import Location
from . import bound_problems, sections

Include = Callable[[str], tuple[str, str] | None]
"""From an include's ``path:section`` to the file's path in the project and its whole content."""

INCLUDE: re.Pattern[str] = SnippetPreprocessor.RE_ALL_SNIPPETS
"""An include of one file, or a mark of a block of them: as pymdownx itself reads a line."""
_ESCAPED = re.compile(r"(?<!;);(?=;*-+8<-+[ \t]+\[[ \t]*(?:start|end)[ \t]*:)", re.IGNORECASE)


def named(line: str) -> str | None:
    """The name in an include on this line; None where there is no include.

    An include in a quote or with blanks at its end counts, though the site shows it as written.
    """
    match = INCLUDE.match(line.lstrip("> \t").rstrip()) if "8<-" in line else None
    return match["snippet"][1:-1] if match and match["snippet"] and not match["escape"] else None


def shown_as_text(
    lines: Iterable[tuple[Location, str]], inclusions: Iterable[Inclusion]
) -> Iterator[Location]:
    """The lines of a fence that look like includes, and that the page shows as they are written."""
    included = {inclusion.place for inclusion in inclusions}
    return (place for place, text in lines if named(text) is not None and place not in included)


class Line(NamedTuple):
    """One line of a page as it is rendered. A tuple, because pages have many."""

    text: str
    path: str
    number: int
    """Counted from 1, in the file that holds it."""

    @property
    def place(self) -> Location:
        """Its place, as a location."""
        return Location(self.path, self.number)


@dataclass(frozen=True, slots=True)
class Inclusion:
    """Something that the page includes."""

    before: int
    """The number of lines before it, in the page as it is rendered."""
    name: str
    place: Location
    """The line that includes it, in the page or in a file that the page includes."""


@dataclass(frozen=True, slots=True)
class Expanded:
    """A page with its includes."""

    lines: tuple[Line, ...]
    inclusions: tuple[Inclusion, ...]


def split(text: str) -> list[str]:
    r"""Lines as Python-Markdown counts them: form feeds and other separators end none."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def expand(lines: list[Line], include: Include | None) -> Expanded:
    """The lines with every include in its place; what is not found stays as it is written.

    Raises `ProblemError` at the include of the page with which it becomes too long.
    """
    inclusions: list[Inclusion] = []
    if include is None:
        for number, line in enumerate(lines):
            match = INCLUDE.match(line.text) if "8<-" in line.text else None
            if match and match["snippet"] and not match["escape"]:
                name = match["snippet"][1:-1].strip()
                inclusions.append(Inclusion(number, name, line.place))
        return Expanded(tuple(lines), tuple(inclusions))
    if not any("8<-" in line.text for line in lines):
        return Expanded(tuple(lines), ())
    expansion = _Expansion(include)
    expanded = tuple(expansion.lines(lines, "", False))
    return Expanded(expanded, tuple(expansion.inclusions))


class _Expansion:
    """The state of one page's expansion."""

    def __init__(self, include: Include) -> None:
        self.include = include
        self.inclusions: list[Inclusion] = []
        self._count = self._size = 0
        self._open: list[str] = []
        """The files that are being included: none includes itself."""
        self._at = Location("")
        """The include of the page that is being read."""

    def lines(self, lines: list[Line], space: str, section: bool) -> Iterator[Line]:
        block = False
        for line in lines:
            self._size += len(space) + len(line.text) + 1
            if self._size > bounds.PAGE or len(self.inclusions) > bounds.INCLUDES:
                raise ProblemError(bound_problems.includes_too_much(self._at))
            if "8<-" not in line.text and not block:
                yield self._counted(line, line.text, space)
                continue
            match = INCLUDE.match(line.text)
            if match and match["escape"]:
                yield self._counted(line, line.text.replace(";", "", 1), space)
                continue
            if match and match["block_marker"]:
                block = not block
            elif match:
                if not block:
                    inner = space + match["space"].expandtabs(4)
                    yield from self._included(line, match["snippet"][1:-1].strip(), inner, space)
            elif block:
                name = line.text.strip()
                indent = line.text[: len(line.text) - len(line.text.lstrip(" \t"))]
                if name:
                    yield from self._included(line, name, space + indent.expandtabs(4), space)
                else:
                    yield self._counted(line, "", space)
            elif section or not any(sections.markers(line.text)):
                yield self._counted(line, _ESCAPED.sub("", line.text, count=1), space)

    def _counted(self, line: Line, text: str, space: str) -> Line:
        self._count += 1
        return Line(space + text, line.path, line.number) if space or text != line.text else line

    def _included(self, line: Line, name: str, inner: str, space: str) -> Iterator[Line]:
        if name.startswith(";"):
            return
        if not self._open:
            self._at = line.place
        self.inclusions.append(Inclusion(self._count, name, line.place))
        file = self.include(name)
        if file is None:
            yield self._counted(line, line.text, space)
            return
        path, content = file
        if path in self._open:
            return
        if len(self._open) == bounds.INCLUDED:
            raise ProblemError(bound_problems.includes_too_deep(self._at))
        section = name.partition(":")[2]
        self._open.append(path)
        yield from self.lines(_selected(content, path, section), inner, bool(section))
        self._open.pop()


def _selected(content: str, path: str, section: str) -> list[Line]:
    """The file's lines, or those of one section without their common indentation.

    A section that is missing has no lines; `page_files.not_included` has the problem.
    """
    texts = split(content) if content else []
    if not section:
        return [Line(text, path, number) for number, text in enumerate(texts, 1)]
    numbers = sections.lines(Problems(), content, section, path)
    if numbers is None:
        return []
    chosen = textwrap.dedent("\n".join(texts[number - 1] for number in numbers)).split("\n")
    if not numbers:
        # An empty section is one empty line; its place is the marker that starts the section.
        numbers = [mark.line for mark in sections.markers(content) if mark.name == section][:1]
    return [Line(text, path, number) for text, number in zip(chosen, numbers, strict=True)]
