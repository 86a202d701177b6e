"""Snippets to jobs: what runs, in which environment, under which key."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

from ..base.digests import deviations, digest, engine_digest, files_digest, source_digest
from ..model import Contract, Environment, Limits, Snippet, SnippetJob

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
        "snippet": f"{snippet.id} {snippet.main} {files_digest(snippet.files)}",
        "deviations": digest(json.dumps(deviations(snippet)).encode("utf-8")),
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
