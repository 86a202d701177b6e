"""The database that a snippet is given, and where its socket lies."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

DATABASE = "DATABASE_URL"
"""The environment variable in which applications look for the URL of their database."""


def socket_folder(database: str) -> Iterable[Path]:
    """Where the database server's socket lies: ``postgresql://user@/name?host=/run/postgresql``."""
    for host in parse_qs(urlsplit(database).query).get("host", []):
        if host.startswith("/"):
            yield Path(host)
