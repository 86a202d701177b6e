"""A change of one file, shown as a diff and written whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from pathlib import Path
from typing import Any

from . import atomic, problems
from .bounds import MATCHED
from .problems import ProblemError


class Matcher(SequenceMatcher[Any]):
    """What is alike in two sequences, worked out by difflib as long as that takes no more than
    `MATCHED` steps. After that, what is alike at the ends of a part is found, and nothing else:
    difflib's time grows with the cube of lines that are there again and again."""

    def __init__(self, old: Sequence[Any], new: Sequence[Any]) -> None:
        self._left = MATCHED
        super().__init__(None, old, new, autojunk=False)

    def find_longest_match(
        self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None
    ) -> Match:
        """Called by difflib for each part that it looks into."""
        ahi, bhi = len(self.a) if ahi is None else ahi, len(self.b) if bhi is None else bhi
        places: dict[Any, list[int]] = self.b2j  # type: ignore[attr-defined]
        self._left -= sum(1 + len(places.get(self.a[i], ())) for i in range(alo, ahi))
        if self._left >= 0:
            return super().find_longest_match(alo, ahi, blo, bhi)
        most, size = min(ahi - alo, bhi - blo), 0
        while size < most and self.a[alo + size] == self.b[blo + size]:
            size += 1
        if size:
            return Match(alo, blo, size)
        while size < most and self.a[ahi - size - 1] == self.b[bhi - size - 1]:
            size += 1
        return Match(ahi - size, bhi - size, size)


@dataclass(frozen=True, slots=True)
class Change:
    """One file with its old and its new content."""

    path: str
    """Relative to the project's root."""
    old: bytes
    new: bytes

    def diff(self) -> Iterator[str]:
        """The unified diff in lines."""
        before, after = (
            content.decode("utf-8", "replace").splitlines() for content in (self.old, self.new)
        )
        if before != after:
            yield from (f"--- {self.path}", f"+++ {self.path}")
        for group in Matcher(before, after).get_grouped_opcodes():
            (_, i, _, j, _), (_, _, i_end, _, j_end) = group[0], group[-1]
            yield f"@@ -{_range(i, i_end)} +{_range(j, j_end)} @@"
            for tag, start, end, new_start, new_end in group:
                if tag == "equal":
                    yield from (f" {line}" for line in before[start:end])
                else:
                    yield from (f"-{line}" for line in before[start:end])
                    yield from (f"+{line}" for line in after[new_start:new_end])


def _range(start: int, end: int) -> str:
    """Lines as the head of a hunk names them: the first from 1, and how many, if not one."""
    length = end - start
    return f"{start + 1}" if length == 1 else f"{start + bool(length)},{length}"


def write(root: Path, changes: Sequence[Change]) -> None:
    """Write the changes, each file whole or not at all; raises `ProblemError` where a file has been
    changed in the meantime."""
    for change in changes:
        path = (root / change.path).resolve()
        try:
            if (path.read_bytes() if change.old or path.exists() else b"") != change.old:
                raise ProblemError(problems.changed_meanwhile(change.path))
            atomic.write(path, change.new)
        except OSError as error:
            raise ProblemError(
                problems.not_written(change.path, error.strerror or str(error))
            ) from None
