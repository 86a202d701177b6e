"""The time that a report names as its own."""

from __future__ import annotations

import os
from datetime import UTC, datetime


def build_time() -> datetime:
    """Now, or the fixed time of a reproducible build: ``SOURCE_DATE_EPOCH``, in seconds."""
    fixed = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(fixed), UTC) if fixed else datetime.now(UTC)
