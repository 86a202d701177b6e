"""Digests of code, snippets and contracts, the parts of every key."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache

from ..model import Contract, Snippet
from .paths import ENGINE

JUDGING = ("model", "base", "languages", "environments", "pages", "running", "results", "worker")
"""The packages of the engine on which a result depends, each as a whole: they decide what is run,
run it, compare and judge."""


def source_digest(snippet: Snippet, contract: Contract) -> str:
    """Digest of what a page shows: the snippet's files, its contract and its deviations."""
    files = files_digest(snippet.files)
    parts = [snippet.main, files, contract.source, deviations(snippet)]
    return digest(json.dumps(parts).encode("utf-8"))


def files_digest(files: Mapping[str, bytes]) -> str:
    """Digest of files, their names included."""
    parts = [[name, digest(content)] for name, content in sorted(files.items())]
    return digest(json.dumps(parts).encode("utf-8"))


@cache
def engine_digest() -> str:
    """Digest of all code of the engine on which a result depends.

    It takes whole folders: a list of modules would miss the next module that somebody adds.
    """
    paths = {path for part in JUDGING for path in (ENGINE / part).rglob("*.py")}
    return files_digest({path.relative_to(ENGINE).as_posix(): path.read_bytes() for path in paths})


def deviations(snippet: Snippet) -> list[list[object]]:
    """What a snippet declares, as rows of JSON."""
    return [
        [declared.check, declared.reason, declared.source, declared.answers, declared.got]
        for declared in snippet.deviations
    ]


def digest(content: bytes) -> str:
    """The first 32 hexadecimal digits of the content's SHA-256."""
    return hashlib.sha256(content).hexdigest()[:32]
