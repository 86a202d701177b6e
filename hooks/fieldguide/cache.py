"""Results by key: append-only lines of JSON, one file a run, each line with its checksum.

Files merge by concatenation. A line that is torn, changed or from another schema is a miss, never
an error. Only passes are kept, so that a failure is always seen afresh.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from pathlib import Path

from . import problems
from .model import Outcome, Problem, Report, Result
from .records import from_json, to_json

FOLDER = ".fieldguide/cache"
REPORT = ".fieldguide/results.json"
_FILES = 16
"""More files than this are merged into one by the next run that writes."""


class Cache:
    """The results kept under one root. Reading happens once, at the first question."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._folder = root / FOLDER
        self._lines: dict[str, bytes] | None = None

    def __contains__(self, key: object) -> bool:
        """Whether a pass of that key is kept."""
        return key in self._read()

    def get(self, key: str) -> Result | None:
        """The kept result of that key."""
        line = self._read().get(key)
        if line is None:
            return None
        try:
            return from_json(Result, json.loads(line))
        except (ValueError, TypeError, KeyError):
            return None

    def put(self, results: list[Result]) -> Problem | None:
        """Keep the passes among the results; a problem, as a warning, where that cannot be done."""
        fresh = {
            result.key: json.dumps(to_json(result)).encode("utf-8")
            for result in results
            if result.outcome is Outcome.PASSED and not result.cached
        }
        if not fresh:
            return None
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            old = sorted(self._folder.glob("*.jsonl"))
            kept = {**self._read(), **fresh} if len(old) >= _FILES else fresh
            lines = [_checksum(line) + b" " + line + b"\n" for line in kept.values()]
            _write(self._folder, ".jsonl", b"".join(lines))
            if kept is not fresh:
                for path in old:
                    path.unlink(missing_ok=True)
        except OSError as error:
            return problems.cache_unwritable(FOLDER, error.strerror or str(error))
        self._read().update(fresh)
        return None

    def _read(self) -> dict[str, bytes]:
        if self._lines is None:
            self._lines = {}
            for path in sorted(self._folder.glob("*.jsonl")):
                with contextlib.suppress(OSError):
                    self._lines.update(_entries(path.read_bytes()))
        return self._lines


def _entries(content: bytes) -> dict[str, bytes]:
    """The whole lines of one file, by their key."""
    entries = {}
    for line in content.split(b"\n"):
        checksum, _, body = line.partition(b" ")
        if body and checksum == _checksum(body):
            # The key is cut out, so that a run parses only the lines that it asks for.
            _, _, rest = body.partition(b'"key": "')
            entries[rest.partition(b'"')[0].decode("ascii", "replace")] = body
    return entries


def _checksum(line: bytes) -> bytes:
    return hashlib.sha256(line).hexdigest()[:16].encode("ascii")


def write_report(root: Path, report: Report) -> Problem | None:
    """Leave the run's results where rendering reads them."""
    path = root / REPORT
    try:
        path.parent.mkdir(exist_ok=True)
        content = json.dumps(to_json(report)).encode("utf-8")
        with contextlib.suppress(OSError):
            if path.read_bytes() == content:
                return None  # so that a server that watches its time builds nothing again
        os.replace(_write(path.parent, ".tmp", content), path)
    except OSError as error:
        return problems.cache_unwritable(REPORT, error.strerror or str(error))
    return None


def read_report(root: Path) -> Report | None:
    """What the last run left, or None."""
    try:
        return from_json(Report, json.loads((root / REPORT).read_bytes()))
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _write(folder: Path, suffix: str, content: bytes) -> Path:
    """A new file in ``folder``, complete when it is there under its suffix."""
    descriptor, name = tempfile.mkstemp(prefix="run-", suffix=".part", dir=folder)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        path = Path(name).with_suffix(suffix)
        os.replace(name, path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
    return path
