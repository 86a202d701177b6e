"""A change of one file, shown as a diff and written whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path

from . import atomic, problems
from .problems import ProblemError


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
        yield from unified_diff(before, after, self.path, self.path, lineterm="")


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
