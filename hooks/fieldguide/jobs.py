"""Snippets to jobs: what runs, in which environment, under which key."""

from __future__ import annotations

import ast
import hashlib
import json
import sys
import warnings
from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from pathlib import Path

from .model import Contract, Environment, Job, Limits, Snippet

ENGINE = Path(__file__).parent
WORKER = ENGINE / "worker"
JUDGING = ("fresh", "jobs", "pool", "processes", "sandbox", "stops", "verdicts", "zygote")
"""The engine's own modules on the way from a snippet to its outcome."""
SCHEMA = 1
"""Raised when a stored result would be read wrongly."""


def job(
    snippet: Snippet,
    contract: Contract,
    environment: Environment,
    limits: Limits,
    server: str | None = None,
    database: str = "",
) -> Job:
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
    return Job(snippet, contract, environment, limits, key, inputs, source, server, database)


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
    """Digest of the files that run a snippet and judge it: the worker's and the engine's."""
    return modules_digest(JUDGING, *WORKER.glob("*.py"))


def modules_digest(names: tuple[str, ...], *more: Path) -> str:
    """Digest of modules of the engine, and of further files."""
    paths = [*more, *(ENGINE / f"{name}.py" for name in names)]
    return files_digest({f"{path.parent.name}/{path.name}": path.read_bytes() for path in paths})


def versions(snippet: Snippet, environment: Environment) -> dict[str, str]:
    """The distributions that the snippet's files import, with their versions: the install line.

    A framework may also load an extension by a name in a string (``config.include("x")``); that
    counts where the dependency group names the extension's distribution.
    """
    imported: set[str] = set()
    strings: set[str] = set()
    for name, content in snippet.files.items():
        if not name.endswith(".py"):
            continue
        try:
            with warnings.catch_warnings(action="ignore"):
                tree = ast.parse(content)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                imported.update(alias.name.partition(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                imported.add(node.module.partition(".")[0])
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                strings.add(node.value)
    return {
        distribution.name: distribution.version
        for distribution in environment.distributions
        if imported.intersection(distribution.modules)
        or (distribution.direct and strings.intersection(distribution.modules))
    }


def _deviations(snippet: Snippet) -> list[list[str | None]]:
    return [[one.check, one.reason, one.source] for one in snippet.deviations]


def digest(content: bytes) -> str:
    """The digest of anything, as it stands in keys."""
    return hashlib.sha256(content).hexdigest()[:32]
