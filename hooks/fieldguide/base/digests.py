"""Digests of code, snippets and contracts, as they stand in keys."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache

from ..model import Contract, Snippet
from .paths import ENGINE

JUDGING = ("model", "base", "languages", "environments", "pages", "running", "results", "worker")
"""What of the engine has a part in a result, each with all below it: code that runs, compares and
judges, and code that says what is to be run."""


def source_digest(snippet: Snippet, contract: Contract) -> str:
    """Digest of what a page shows: the snippet's files, its contract and its deviations."""
    files = files_digest(snippet.files)
    parts = [snippet.entry, files, contract.source, deviations(snippet)]
    return digest(json.dumps(parts).encode("utf-8"))


def files_digest(files: Mapping[str, bytes]) -> str:
    """Digest of files, their names included."""
    parts = [[name, digest(content)] for name, content in sorted(files.items())]
    return digest(json.dumps(parts).encode("utf-8"))


@cache
def engine_digest() -> str:
    """Digest of all code that runs, compares and judges, whatever it judges.

    Whole folders count: a list of modules would be right until somebody uses one more.
    """
    paths = {path for part in JUDGING for path in ENGINE.glob(f"{part}.py")}
    paths |= {path for part in JUDGING for path in (ENGINE / part).rglob("*.py")}
    return files_digest({path.relative_to(ENGINE).as_posix(): path.read_bytes() for path in paths})


def deviations(snippet: Snippet) -> list[list[str | None]]:
    return [
        [deviation.check, deviation.reason, deviation.source] for deviation in snippet.deviations
    ]


def digest(content: bytes) -> str:
    """The digest of anything, as it stands in keys."""
    return hashlib.sha256(content).hexdigest()[:32]
