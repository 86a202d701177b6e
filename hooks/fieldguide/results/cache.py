"""Results by key: append-only lines of JSON, one file a run, each line with its checksum.

Files merge by copying them into one folder, or by concatenation. A line that is torn, changed, from
another schema or not what a run of the same job would have left is a miss, never an error. Only
passes are kept, so that a failure is always seen afresh.

A checksum finds accidents, not forgers: who can write this folder can write a pass. So it is never
taken from a machine that ran somebody else's code (docs/about/security.md).
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from ..base.json_records import from_json, to_json
from ..base.problems import Problems
from ..base.writing import atomic
from ..model import FenceJob, Job, Outcome, Result, SnippetJob
from . import problems

FOLDER = ".fieldguide/cache"
_FILES = 16
"""More files than this are merged into one by the next run that writes."""
_LOOKS = 9
"""How often the folder is listed, while other engines go on writing there."""
_GENERATIONS = 24
"""So many lines of one snippet are kept when files are merged."""
DAMAGED = (ValueError, TypeError, KeyError, RecursionError)
"""What reading JSON of unknown origin raises."""


class Cache:
    """The results kept under one root. Reading happens once, at the first question."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._folder = root / FOLDER
        self._lines: dict[str, list[bytes]] | None = None

    def get(self, job: Job, layers: Iterable[str] = ()) -> Result | None:
        """A kept pass of that job, made under at least those layers."""
        for line in reversed(self._read().get(job.key, ())):
            try:
                result = from_json(Result, json.loads(line))
            except DAMAGED:
                continue
            if _is_pass_of(job, result) and set(layers) <= set(result.layers):
                return _placed(job, result)
        return None

    def put(self, collector: Problems, results: Iterable[Result]) -> None:
        """Keep the passes among the results; where that cannot be done, there is a warning."""
        fresh = {
            result.key: json.dumps(to_json(result)).encode("utf-8")
            for result in results
            if result.outcome is Outcome.PASSED and not result.cached
        }
        if not fresh:
            return
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            merged = _contents(self._folder)
            if len(merged) < _FILES:
                merged = {}
            # What is removed is read now: another engine may have written since the first reading.
            old = (body for content in merged.values() for body in _bodies(content))
            bodies = _newest(dict.fromkeys([*old, *fresh.values()]))
            atomic.write_held(
                self._folder, b"".join(_checksum(body) + b" " + body + b"\n" for body in bodies)
            )
        except OSError as error:
            collector.add(problems.cache_unwritable(FOLDER, error.strerror or str(error)))
            return
        for path in merged:
            with contextlib.suppress(OSError):
                path.unlink()
        for key, body in fresh.items():
            self._read().setdefault(key, []).append(body)

    def _read(self) -> dict[str, list[bytes]]:
        if self._lines is None:
            atomic.sweep(self._folder)
            self._lines = {}
            for content in _contents(self._folder).values():
                for body in _bodies(content):
                    self._lines.setdefault(_key(body), []).append(body)
        return self._lines


def _is_pass_of(job: Job, result: Result) -> bool:
    """Whether a result is what a passing run of the job leaves."""
    declared = job.snippet.deviations if isinstance(job, SnippetJob) else ()
    deviations = {deviation.check: deviation.reason for deviation in declared}
    return (
        (result.key, result.id, result.server) == (job.key, job.id, job.server)
        and (result.concept, result.framework) == (job.concept, job.framework)
        and (isinstance(job, FenceJob) or result.location == job.location)
        and result.outcome is Outcome.PASSED
        and result.failure is None
        and not result.database
        and result.inputs == job.inputs
        and result.source == job.source
        and [check.check for check in _placed(job, result).checks] == list(job.checks)
        and all(
            check.deviation == deviations.get(check.check.name) and not check.unexpected
            for check in result.checks
        )
    )


def _placed(job: Job, result: Result) -> Result:
    """The result with the places that the fences of a guide have now: prose moves them."""
    if not isinstance(job, FenceJob) or len(result.checks) != len(job.checks):
        return result
    pairs = zip(result.checks, job.checks, strict=True)
    checks = tuple(
        replace(kept, check=check) if kept.check.name == check.name else kept
        for kept, check in pairs
    )
    return replace(result, location=job.location, checks=checks)


def _contents(folder: Path) -> Mapping[Path, bytes]:
    """The files of kept results that can be read.

    Another engine may merge files meanwhile. What it merged is there before anything is gone, so
    whoever looks once more finds it.
    """
    contents: dict[Path, bytes] = {}
    with contextlib.suppress(OSError):
        seen: set[Path] = set()
        for _ in range(_LOOKS):
            new = set(folder.glob("*.jsonl")) - seen
            if not new:
                break
            seen |= new
            for path in sorted(new, key=_written):
                with contextlib.suppress(OSError):
                    if path.is_file():
                        contents[path] = path.read_bytes()
    return contents


def _written(path: Path) -> tuple[float, str]:
    """The order in which files were written, as far as the file system tells."""
    with contextlib.suppress(OSError):
        return path.stat().st_mtime, path.name
    return 0.0, path.name


def _bodies(content: bytes) -> Iterator[bytes]:
    """The whole lines of one file, without their checksums."""
    for line in content.split(b"\n"):
        checksum, _, body = line.partition(b" ")
        if body and checksum == _checksum(body):
            yield body


def _newest(bodies: Iterable[bytes]) -> list[bytes]:
    """The last lines of each snippet, in order: older ones are of files that have changed since."""
    kept: dict[bytes, list[bytes]] = {}
    for body in bodies:
        kept.setdefault(body.partition(b",")[0], []).append(body)  # which holds the id
    return [body for group in kept.values() for body in group[-_GENERATIONS:]]


def _key(body: bytes) -> str:
    """The key of a line, cut out, so that a run parses only the lines that it asks for."""
    _, _, rest = body.partition(b'"key": "')
    return rest.partition(b'"')[0].decode("ascii", "replace")


def _checksum(line: bytes) -> bytes:
    return hashlib.sha256(line).hexdigest()[:16].encode("ascii")
