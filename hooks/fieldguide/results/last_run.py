"""What the last run left for the pages: one JSON file."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from ..base import problems as base_problems
from ..base.json_records import from_json, to_json
from ..base.problems import Problems
from ..base.writing import atomic
from ..model import Location, Problem, Report, Result
from . import problems
from .cache import DAMAGED

REPORT = ".fieldguide/results.json"
LOCK = ".fieldguide/results.lock"


def read_report(root: Path) -> Report | None:
    """What the last run left, or None."""
    try:
        return from_json(Report, json.loads((root / REPORT).read_bytes()))
    except (OSError, *DAMAGED):
        return None


def unreadable(root: Path) -> Iterator[Problem]:
    """The problem of a report that is there and that this user may not read."""
    try:
        (root / REPORT).open("rb").close()
    except FileNotFoundError:
        return
    except OSError as error:
        why = f"{error.strerror}, so every page says that nothing is verified"
        problem = base_problems.unreadable(Location(REPORT), why)
        yield replace(problem, severity="warning")


def write_report(collector: Problems, root: Path, report: Report) -> None:
    """Leave a report in place of the last one; where that fails there is none, and a warning."""
    path = root / REPORT
    try:
        path.parent.mkdir(exist_ok=True)
        atomic.sweep(path.parent)
        content = json.dumps(to_json(report)).encode("utf-8")
        with contextlib.suppress(OSError):
            if path.read_bytes() == content:
                return  # so that a server that watches its time builds nothing again
        atomic.write_held(path.parent, content, path.name)
    except OSError as error:
        _forget(root)
        collector.add(problems.cache_unwritable(REPORT, error.strerror or str(error)))


def _forget(root: Path) -> None:
    """Remove the report: an older run's results must not pass for this one's."""
    with contextlib.suppress(OSError):
        (root / REPORT).unlink()


def merge_report(
    collector: Problems, root: Path, report: Report, sources: Mapping[str, str]
) -> None:
    """Leave a report together with what the last run proved of everything else.

    Nobody else writes between the reading and the writing, so that of two runs at once neither
    loses the other's results.

    Args:
        collector: takes a warning where the file cannot be written.
        root: the project's folder.
        report: of this run.
        sources: the digest of what a page shows now, by id; a result of another digest goes.
    """
    with _locked(root):
        before = None if _ids(report) >= set(sources) else read_report(root)
        try:
            whole = report if before is None else merged(before, report, sources)
            write_report(collector, root, whole)
        except Exception:
            _forget(root)
            raise


def merged(before: Report, report: Report, sources: Mapping[str, str]) -> Report:
    """A report with the results of an earlier one whose sources are unchanged since."""
    known: dict[str, Result] = {result.id: result for result in (*before.results, *report.results)}
    results = tuple(
        known[id] for id, source in sources.items() if id in known and known[id].source == source
    )
    environments = {
        environment.name: environment
        for environment in (*before.environments, *report.environments)
    }
    # What is said of all results has to hold for each of them.
    layers = tuple(
        layer for layer in report.layers if all(layer in result.layers for result in results)
    )
    return replace(
        report, results=results, environments=tuple(environments.values()), layers=layers
    )


def _ids(report: Report) -> set[str]:
    return {result.id for result in report.results}


@contextlib.contextmanager
def _locked(root: Path) -> Iterator[None]:
    """Be the only run that works on the file, where the system can tell.

    A folder that cannot be written gets no lock: writing the report says so a moment later.
    """
    path = root / LOCK
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(OSError):
            path.parent.mkdir(exist_ok=True)
            lock = stack.enter_context(path.open("ab"))
            atomic.hold(lock.fileno())
        yield
