"""A report for programs: what the built site carries as ``verification.json``."""

from __future__ import annotations

import platform
import sysconfig
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from ... import __version__
from ...model import (
    Cell,
    CheckResult,
    Entry,
    Environment,
    Exchange,
    Fate,
    Kind,
    Outcome,
    Report,
    Result,
)
from .build_time import build_time
from .subject import Subject, subject
from .totals import Totals, totals

SCHEMA = 1
"""Raised whenever a key changes its name, its place or its meaning."""


def verification(
    report: Report, entries: Iterable[Entry] = (), cells: Iterable[Cell] = ()
) -> dict[str, Any]:
    """The published object, which JSON can hold as it is.

    Args:
        report: the results.
        entries: every fence of the site, run or not.
        cells: what is declared of snippets, and of concepts that a framework cannot have.
    """
    declared = {cell.id: cell for cell in cells}
    known = {result.id: result for result in report.results}
    return {
        "schema": SCHEMA,
        "generated": build_time().isoformat(timespec="seconds"),
        "engine": __version__,
        "python": platform.python_version(),
        "platform": sysconfig.get_platform(),
        "layers": list(report.layers),
        "environments": {
            environment.name: _environment(environment) for environment in report.environments
        },
        "results": [_result(result, declared.get(result.id)) for result in report.results],
        "fences": [_fence(entry, known.get(entry.id)) for entry in entries],
        "not possible": [
            _impossible(cell) for cell in declared.values() if cell.kind is Kind.NOT_POSSIBLE
        ],
        "totals": _totals(totals(report)),
    }


def _environment(environment: Environment) -> dict[str, Any]:
    versions = {
        distribution.name: distribution.version for distribution in environment.distributions
    }
    return {"python": environment.python_version, "distributions": versions}


def _result(result: Result, cell: Cell | None) -> dict[str, Any]:
    """One result; a pass with deviations names them, and gives them as its reason."""
    deviations = {one.check.name: one.deviation for one in result.checks if one.deviates}
    return {
        "id": result.id,
        "kind": subject(result).value,
        "concept": result.concept,
        "framework": result.framework,
        "cell": _cell(result, cell),
        "path": result.location.path,
        "line": result.location.line,
        "outcome": result.outcome.value,
        "reason": result.reason
        or "; ".join(f"{name} deviates: {why}" for name, why in deviations.items()),
        "deviations": deviations,
        "cached": result.cached,
        "seconds": result.seconds,
        **({"database": result.database} if result.database else {}),
        "checks": [_check(check) for check in result.checks],
    }


def _check(check: CheckResult) -> dict[str, Any]:
    return {
        "name": check.check.name,
        "claim": check.check.claim,
        "outcome": check.outcome.value,
        **({"left_out": check.left_out} if check.left_out else {}),
        "exchanges": [_exchange(exchange) for exchange in check.exchanges],
    }


def _exchange(exchange: Exchange) -> dict[str, Any]:
    """One exchange; one like any other has no note."""
    both = {"request": asdict(exchange.request), "response": asdict(exchange.response)}
    return {"note": exchange.note, **both} if exchange.note else both


def _cell(result: Result, cell: Cell | None) -> dict[str, str] | None:
    """Who does the work of a snippet, and what is declared of that; None for anything else."""
    if subject(result) is not Subject.SNIPPET:
        return None
    kind = (cell and cell.kind) or result.kind
    return {
        "kind": kind or "",
        "why": cell.why if cell else "",
        "instead": cell.instead if cell else "",
    }


def _impossible(cell: Cell) -> dict[str, Any]:
    """A concept that a framework cannot have, so that there is no snippet."""
    concept, _, framework = cell.id.partition("/")
    return {
        "id": cell.id,
        "concept": concept,
        "framework": framework,
        "path": cell.location.path,
        "line": cell.location.line,
        "cell": {"kind": Kind.NOT_POSSIBLE, "why": cell.why, "instead": cell.instead},
    }


def _fence(entry: Entry, result: Result | None) -> dict[str, Any]:
    """One fence of a page, run or not."""
    outcome = _outcome(entry, result) if entry.fate is Fate.RUN else None
    return {
        "page": entry.fence.page,
        "path": entry.fence.location.path,
        "line": entry.fence.location.line,
        "language": entry.fence.language,
        "kind": entry.fate.value,
        "result": entry.id,
        "check": entry.check,
        "outcome": outcome.value if outcome else None,
        "reason": entry.reason,
    }


def _outcome(entry: Entry, result: Result | None) -> Outcome | None:
    """How a fence ended: its own check, or its group where that check was not reached."""
    if result is None:
        return None
    own = [check.outcome for check in result.checks if check.check.name == entry.check]
    return own[0] if own else result.outcome


def _totals(counted: Totals) -> dict[str, Any]:
    return {
        "snippets": sum(counted.snippets.values()),
        **_by_outcome(counted.snippets),
        "concepts": counted.concepts,
        "frameworks": counted.frameworks,
        "checks": counted.checks,
        "failed checks": counted.failed_checks,
        "deviations": counted.deviations,
        "fences": {"fences": sum(counted.fences.values()), **_by_outcome(counted.fences)},
        "probed": {"frameworks": sum(counted.probed.values()), **_by_outcome(counted.probed)},
        "cached": counted.cached,
        "seconds": counted.seconds,
    }


def _by_outcome(counted: Mapping[Outcome, int]) -> dict[str, int]:
    return {outcome.value: number for outcome, number in counted.items()}
