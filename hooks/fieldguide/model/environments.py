"""Environments, and the distributions in them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Distribution:
    """One installed distribution of an environment."""

    name: str
    version: str
    modules: tuple[str, ...]
    """Top-level names that it makes importable."""
    direct: bool
    """Whether the framework's dependency group names it."""
    requires: tuple[str, ...] = ()
    """The distributions of the same environment that it needs."""


@dataclass(frozen=True, slots=True)
class Environment:
    """A virtual environment with one framework and nothing of ours."""

    name: str
    python: Path
    """The interpreter inside it."""
    python_version: str
    lock_digest: str
    distributions: tuple[Distribution, ...]
    fingerprint: str
    """Digest of everything installed in it."""
