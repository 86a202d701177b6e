"""The line pass of superfences: which lines it takes for fences, and which openings it gives up.

``pymdownx.superfences`` itself looks at the lines, so nothing here can differ from it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from markdown.util import ETX, STX
from pymdownx.superfences import SuperFencesBlockPreprocessor  # type: ignore[import-untyped]

MARKS = re.compile(
    r"^(?P<before>[ >]*)(?P<marker>(?:(?:[-*+:]|\d+[.)]|\[\^[^\]]*\]:)[ ]+)*)"
    r"(?P<marks>`{3,}|~{3,})(?P<rest>.*)$"
)
"""A line that looks like the first or the last of a fence."""

TAG = "fieldguide-fence"
"""What a fence is rendered as, with its number."""
STRAY = re.compile(f"{STX}stray:([0-9]+){ETX}")
"""Added to the end of each line that looks like marks, with the number of the line."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What superfences takes for a fence; lines are counted from 0."""

    start: int
    end: int
    """The line after its closing marks."""
    indent: str
    marks: str
    language: str
    source: str


@dataclass(frozen=True, slots=True)
class Abandoned:
    """An opening that superfences read and gave up."""

    start: int
    at: int | None
    """The line that made it give up; None where the page ended first."""


def normalise(text: str) -> list[str]:
    """Lines as Python-Markdown has them before it looks for fences."""
    text = text.replace(STX, "").replace(ETX, "").replace("\r\n", "\n").replace("\r", "\n")
    text = f"{text}\n\n".expandtabs(4)
    return re.sub(r"(?<=\n) +\n", "\n", text).split("\n")


class Finder(SuperFencesBlockPreprocessor):  # type: ignore[misc]
    """Superfences itself, telling which lines it took."""

    def run(self, lines: list[str]) -> list[str]:
        self.candidates: list[Candidate] = []
        self.abandoned: list[Abandoned] = []
        self.strays: list[int] = []
        self.numbers: list[int] = []
        """Of the lines that it gives back; a fence has that of its first line."""
        self._at = self._opened = -1
        self._closing = False
        self.fence: str | None = None
        changed: list[str] = super().run(lines)
        if self.fence is not None:
            self.abandoned.append(Abandoned(self._opened, None))
            self._closing = True
            self.clear()
        return changed

    def parse_whitespace(self, line: str) -> Any:
        self._at += 1
        self._opened = self._at
        if "```" in line or "~~~" in line:
            return super().parse_whitespace(line)
        # Plainly not a fence. Superfences would look for marks behind an indentation of this width.
        self.ws_len, self.ws_virtual_len = len(line), 0
        return ""

    def parse_fence_line(self, line: str) -> Any:
        self._at += 1
        if line.startswith(self.ws):
            # Most lines; superfences looks at each character of the indentation.
            return self.ws, line[len(self.ws) :]
        return super().parse_fence_line(line)

    def clear(self) -> None:
        # Superfences clears when it closes a fence, and when it gives one up.
        if self.fence is not None and not self._closing:
            self.abandoned.append(Abandoned(self._opened, self._at))
        super().clear()

    def process_nested_block(self, ws: str, content: str, start: int, end: int) -> None:
        source = self.rebuild_block(self.code)
        self.candidates.append(
            Candidate(start, end, self.ws, str(self.fence), self.lang or "", source)
        )
        self._closing = True
        super().process_nested_block(ws, content, start, end)
        self._closing = False

    def format(self, **kwargs: Any) -> str:
        """What a fence is rendered as: a tag with its number."""
        return f"<{TAG} n={len(self.candidates) - 1}>"

    def reassemble(self, lines: list[str]) -> list[str]:
        """Fences replaced by their placeholders, and every stray line marked with its number."""
        changed: list[str] = []
        after = 0
        for placeholder, start, end in [*self.stack, (None, len(lines), len(lines))]:
            for number in range(after, start):
                line = lines[number]
                if ("```" in line or "~~~" in line) and MARKS.match(line):
                    self.strays.append(number)
                    line = f"{line}{STX}stray:{number}{ETX}"
                changed.append(line)
                self.numbers.append(number)
            if placeholder is not None:
                changed.append(placeholder)
                self.numbers.append(start)
            after = end
        self.stack.clear()
        return changed
