"""The variable that names a snippet's database, and the folder of that database's socket."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

DATABASE = "DATABASE_URL"
"""The environment variable in which applications look for the URL of their database."""


def socket_folder(database: str) -> Iterable[Path]:
    """The folder of the server's socket in ``postgresql://user@/name?host=/run/postgresql``."""
    for host in parse_qs(urlsplit(database).query).get("host", []):
        if host.startswith("/"):
            yield Path(host)
