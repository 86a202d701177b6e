"""The folder of a database's socket, from its URL."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldguide.running.boundary.database import socket_folder


@pytest.mark.parametrize(
    ("url", "folders"),
    [
        ("postgresql://ada@/shop?host=/run/postgresql", ["/run/postgresql"]),
        ("postgresql://ada@/shop?host=/a%20b&port=5432", ["/a b"]),
        ("postgresql://ada@db.example/shop", []),
        ("postgresql://ada@/shop?host=db.example", []),
        ("", []),
    ],
)
def test_where_the_socket_is(url: str, folders: list[str]) -> None:
    assert list(socket_folder(url)) == [Path(folder) for folder in folders]
