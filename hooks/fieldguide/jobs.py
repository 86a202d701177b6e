"""Snippets to jobs: what runs, in which environment, under which key."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Mapping
from dataclasses import asdict
from functools import cache

from . import imports
from .model import Contract, Environment, Limits, Snippet, SnippetJob
from .paths import ENGINE

JUDGING = (".",)
"""The folders of the engine between a snippet or a fence and its result, each with all below it."""
SCHEMA = 1
"""Raised when a stored result would be read wrongly."""


def job(
    snippet: Snippet,
    contract: Contract,
    environment: Environment,
    limits: Limits,
    server: str | None = None,
    database: str = "",
) -> SnippetJob:
    """The job, with the key under which its result is kept."""
    inputs = {
        "snippet": f"{snippet.id} {snippet.entry} {files_digest(snippet.files)}",
        "deviations": digest(json.dumps(_deviations(snippet)).encode("utf-8")),
        "contract": digest(contract.source.encode("utf-8")),
        **surroundings(environment, limits, server),
    }
    if database:
        inputs["database"] = digest(database.encode("utf-8"))
    key = digest(json.dumps(inputs, sort_keys=True).encode("utf-8"))
    source = source_digest(snippet, contract)
    return SnippetJob(snippet, contract, environment, limits, key, inputs, source, server, database)


def surroundings(
    environment: Environment, limits: Limits, server: str | None = None
) -> dict[str, str]:
    """The inputs that do not come from what is run itself."""
    return {
        "lock": environment.lock_digest,
        "installed distributions": environment.fingerprint,
        "Python": environment.python_version,
        "platform": sys.platform,
        "engine": engine_digest(),
        "limits": json.dumps(asdict(limits)),
        "server": server or "in process",
        "schema": str(SCHEMA),
    }


def source_digest(snippet: Snippet, contract: Contract) -> str:
    """Digest of what a page shows: the snippet's files, its contract and its deviations."""
    files = files_digest(snippet.files)
    parts = [snippet.entry, files, contract.source, _deviations(snippet)]
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
    paths = {path for folder in JUDGING for path in (ENGINE / folder).rglob("*.py")}
    return files_digest({path.relative_to(ENGINE).as_posix(): path.read_bytes() for path in paths})


def versions(snippet: Snippet, environment: Environment) -> dict[str, str]:
    """The distributions that the snippet's files import, with their versions: the install line."""
    return imported(snippet.files, environment)


def imported(files: Mapping[str, bytes], environment: Environment) -> dict[str, str]:
    """The distributions that files import, with their versions."""
    return {one.name: one.version for one in imports.distributions(files, environment)}


def _deviations(snippet: Snippet) -> list[list[str | None]]:
    return [[one.check, one.reason, one.source] for one in snippet.deviations]


def digest(content: bytes) -> str:
    """The digest of anything, as it stands in keys."""
    return hashlib.sha256(content).hexdigest()[:32]
