"""Where the engine's own files stand."""

from __future__ import annotations

import sys
from pathlib import Path

ENGINE = Path(str(sys.modules[__name__.partition(".")[0]].__file__)).parent
"""The folder of the whole package."""
WORKER = ENGINE / "worker"
"""What a process that runs a snippet or a fence loads, as files."""
