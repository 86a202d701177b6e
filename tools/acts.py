"""Commands in a tree, and what came of each."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Came:
    """What came of one act."""

    surrounding: str
    act: str
    status: int
    seconds: float
    said: str
    may_refuse: bool = False

    @property
    def word(self) -> str:
        if self.status == 0:
            return "green"
        clean = self.next and "Traceback (most recent call last)" not in self.said
        return "refused" if self.may_refuse and clean else "BAD"

    @property
    def next(self) -> str:
        """The first line that says the next act."""
        return next((line for line in self.said.splitlines() if "Next: " in line), "")


@dataclass
class Place:
    """A tree, and how commands are run in it."""

    folder: Path
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    before: Sequence[str] = ()
    cwd: Path | None = None
    may_refuse: bool = False

    def start(self, command: Sequence[str]) -> subprocess.Popen[str]:
        words = list(command)
        if words[0].startswith(".venv"):
            words[0] = str(self.folder / words[0])
        return subprocess.Popen(
            [*self.before, *words],
            cwd=self.cwd or self.folder,
            env={**self.environment, "FIELDGUIDE_VERIFY": "0", "NO_MKDOCS_2_WARNING": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        )


def table(came: Iterable[Came]) -> Iterator[str]:
    """What came of it, as a table in Markdown."""
    yield "| Surrounding | Act | | Seconds |"
    yield "| --- | --- | --- | --- |"
    for one in came:
        word = f"{one.word}: {one.next}" if one.word == "refused" else one.word
        word = word.replace("|", "&#124;")
        yield f"| {one.surrounding} | `{one.act}` | {word} | {one.seconds:.0f} |"
