"""Addresses that moved for good, rewritten where they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from ..base.writing.changes import Change
from .model import Verdict


def changes(root: Path, verdicts: Sequence[Verdict]) -> list[Change]:
    """The files in which an address would be replaced, as they are and as they would be."""
    before: dict[str, bytes] = {}
    after: dict[str, bytes] = {}
    for verdict in verdicts:
        if verdict.replacement is None:
            continue
        for path in {place.path for place in verdict.target.places}:
            if not path.endswith((".md", ".yml")) or not (root / path).is_file():
                continue  # a built page whose source nobody knows
            before.setdefault(path, (root / path).read_bytes())
            text = after.get(path, before[path])
            after[path] = _replaced(text, verdict.target.url, verdict.replacement)
    return [
        Change(path, before[path], after[path]) for path in after if before[path] != after[path]
    ]


def _replaced(text: bytes, old: str, new: str) -> bytes:
    """The text with the address replaced where it stands whole; a fragment after it stays."""
    whole = re.compile(
        rb"(?<![\w/.:=-])" + re.escape(old.encode()) + rb"(?=[\s)>\]\"'#,]|$)", re.MULTILINE
    )
    return whole.sub(lambda match: new.encode(), text)
