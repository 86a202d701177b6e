"""A change of one file, shown as a diff and written whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from pathlib import Path
from typing import Any

from .. import problems
from ..bounds import MATCHED
from ..problems import ProblemError
from . import atomic


class Matcher(SequenceMatcher[Any]):
    """What is alike in two sequences, worked out by difflib as long as that takes no more than
    `MATCHED` steps. After that, what is alike at the ends of a part is found, and nothing else:
    difflib's time grows with the cube of lines that are there again and again."""

    def __init__(self, old: Sequence[Any], new: Sequence[Any]) -> None:
        self._old, self._new, self._left = old, new, MATCHED
        super().__init__(None, old, new, autojunk=False)

    def find_longest_match(
        self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None
    ) -> Match:
        """Called by difflib for each part that it looks into."""
        old = self._old[alo:ahi]
        places: dict[Any, list[int]] = self.b2j  # type: ignore[attr-defined]
        self._left -= len(old) + sum(len(places.get(item, ())) for item in old)
        if self._left >= 0:
            return super().find_longest_match(alo, ahi, blo, bhi)
        new = self._new[blo:bhi]
        if size := _alike(old, new):
            return Match(alo, blo, size)
        size = _alike(old[::-1], new[::-1])
        return Match(alo + len(old) - size, blo + len(new) - size, size)


def _alike(old: Sequence[Any], new: Sequence[Any]) -> int:
    """How many items are the same at the start of both."""
    pairs = zip(old, new, strict=False)
    return next(
        (n for n, (one, other) in enumerate(pairs) if one != other), min(len(old), len(new))
    )


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
