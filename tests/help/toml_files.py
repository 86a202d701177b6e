"""TOML files that have no problem."""

from __future__ import annotations

from fieldguide.base import toml
from fieldguide.base.problems import Problems


def parsed(content: bytes) -> toml.Document:
    """What such a file says, and on which lines."""
    collector = Problems()
    document = toml.parse(collector, content, "f.toml")
    assert list(collector) == []
    assert document is not None
    return document
