"""A report for people and programs: terminal lines, annotations, JUnit XML, verification.json."""

import os
import platform
import sysconfig
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

from . import __version__, problems
from .model import Cell, CheckResult, Entry, Failure, Fate, Kind, Outcome, Problem, Report, Result
from .probes import FOLDER
from .text import count, visible

SCHEMA = 1


def lines(report: Report) -> list[str]:
    """Plain lines: every problem, then the summary."""
    return [*(problems.line(problem) for problem in report.problems), summary(report)]


def summary(report: Report) -> str:
    """``21 snippets: 21 passed, 168 checks; 9 fences: 9 passed; 14 from the cache, 0.31 s``."""
    counted = totals(report)
    fences, kinds = counted["fences"], []
    probed = counted["probed"]
    if counted["snippets"] or not (fences["fences"] or probed["frameworks"]):
        parts, checks = _outcomes(counted), count(counted["checks"], "check")
        held = counted["checks"] - counted["failed checks"]
        parts.append(f"{held} of {checks}" if counted["failed checks"] else checks)
        if counted["deviations"]:
            parts.append(count(counted["deviations"], "deviation"))
        kinds.append(f"{count(counted['snippets'], 'snippet')}: {', '.join(parts)}")
    if fences["fences"]:
        kinds.append(f"{count(fences['fences'], 'fence')}: {', '.join(_outcomes(fences))}")
    if probed["frameworks"]:
        asked = count(probed["frameworks"], "probed framework")
        kinds.append(f"{asked}: {', '.join(_outcomes(probed))}")
    took = [f"{counted['cached']} from the cache"] if counted["cached"] else []
    took.append(f"{report.seconds:.2f} s")
    return f"{'; '.join(kinds)}{';' if len(kinds) > 1 else ','} {', '.join(took)}"


def _outcomes(counted: dict[str, Any]) -> list[str]:
    """``20 passed``, ``1 failed``: those that there are."""
    return [f"{counted[one.value]} {one.value}" for one in Outcome if counted[one.value]]


def totals(report: Report) -> dict[str, Any]:
    """The counts: snippets and fences by outcome, checks, deviations, results from the cache."""
    snippets = [one for one in report.results if not of_fences(one) and not of_probes(one)]
    outcomes = Counter(result.outcome for result in snippets)
    checks = [check for result in snippets for check in result.checks]
    fences = [result for result in report.results if of_fences(result)]
    run = Counter(check.outcome for result in fences for check in result.checks)
    run.update(result.outcome for result in fences if not result.checks)
    asked = Counter(result.outcome for result in report.results if of_probes(result))
    return {
        "snippets": len(snippets),
        **{outcome.value: outcomes[outcome] for outcome in Outcome},
        "concepts": len({result.concept for result in snippets}),
        "frameworks": len({result.framework for result in snippets}),
        "checks": len(checks),
        "failed checks": sum(_unexpected(check) for check in checks),
        "deviations": sum(_deviates(check) for check in checks),
        "fences": {
            "fences": run.total(),
            **{outcome.value: run[outcome] for outcome in Outcome},
        },
        "probed": {
            "frameworks": asked.total(),
            **{outcome.value: asked[outcome] for outcome in Outcome},
        },
        "cached": sum(
            len(result.checks) if of_fences(result) else 1
            for result in report.results
            if result.cached
        ),
        "seconds": round(report.seconds, 3),
    }


def of_fences(result: Result) -> bool:
    """Whether a result is that of a guide's fences, and not of a snippet in a folder."""
    return "#" in result.id


def of_probes(result: Result) -> bool:
    """Whether a result is that of an application that is only asked what it answers."""
    return result.location.path.startswith(f"{FOLDER}/")


def verification(
    report: Report, entries: Iterable[Entry] = (), cells: Iterable[Cell] = ()
) -> dict[str, Any]:
    """What the built site carries as ``verification.json``; ``entries`` are all of its fences,
    ``cells`` what is declared of its snippets and of those that there cannot be."""
    said = {cell.id: cell for cell in cells}
    known = {result.id: result for result in report.results}
    return {
        "schema": SCHEMA,
        "generated": _now().isoformat(timespec="seconds"),
        "engine": __version__,
        "python": platform.python_version(),
        "platform": sysconfig.get_platform(),
        "layers": list(report.layers),
        "environments": {
            environment.name: {
                "python": environment.python_version,
                "distributions": {one.name: one.version for one in environment.distributions},
            }
            for environment in report.environments
        },
        "results": [_result(result, said.get(result.id)) for result in report.results],
        "fences": [_fence(entry, known.get(entry.id)) for entry in entries],
        "not possible": [
            _impossible(cell) for cell in said.values() if cell.kind is Kind.NOT_POSSIBLE
        ],
        "totals": totals(report),
    }


def junit(report: Report) -> str:
    """JUnit XML: a testcase a check; one for the whole snippet where nothing could be checked."""
    counted = totals(report)
    suites = ElementTree.Element("testsuites")
    suite = ElementTree.SubElement(suites, "testsuite", name="fieldguide")
    suite.set("timestamp", _now().replace(tzinfo=None).isoformat(timespec="seconds"))
    suite.set("time", f"{report.seconds:.3f}")
    for result in report.results:
        if not result.checks:
            _whole_case(suite, result)
        for check in result.checks:
            case = _case(suite, result, check.check.name, check.failure)
            case.set("time", f"{result.seconds / len(result.checks):.4f}")
            if check.outcome is Outcome.SKIPPED:
                skipped = ElementTree.SubElement(case, "skipped")
                skipped.set("message", "a fence before it did not hold")
            elif _deviates(check):
                skipped = ElementTree.SubElement(case, "skipped")
                skipped.set("message", visible(f"deviates: {check.deviation}"))
            elif _unexpected(check):
                kind = "error" if check.outcome is Outcome.ERRORED else "failure"
                _add_failure(case, kind, check.failure, check.outcome.value)
    cases = list(suite)
    suite.set("tests", str(len(cases)))
    for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(name, str(sum(case.find(tag) is not None for case in cases)))
    if report.problems:
        said = ElementTree.SubElement(suite, "system-err")
        said.text = visible("\n".join(problems.line(problem) for problem in report.problems))
    ElementTree.SubElement(suite, "system-out").text = summary(report)
    suites.set("tests", suite.attrib["tests"])
    suites.set("name", f"{counted['snippets']} snippets")
    ElementTree.indent(suites)
    return ElementTree.tostring(suites, encoding="unicode", xml_declaration=True) + "\n"


def annotations(report: Report) -> list[str]:
    """GitHub's workflow commands, a line a problem, shown beside the line of the pull request."""
    return [_annotation(problem) for problem in report.problems]


def _annotation(problem: Problem) -> str:
    where = problem.location
    place = f"file={_property(where.path)}"
    if where.line is not None:
        place += f",line={where.line}"
    kind = "warning" if problem.severity == "warning" else "error"
    located = visible(where.path) if where.line is None else f"{visible(where.path)}:{where.line}"
    return f"::{kind} {place}::{_data(problems.line(problem).removeprefix(f'{located}: '))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _fence(entry: Entry, result: Result | None) -> dict[str, Any]:
    """One fence of a page, run or not."""
    check = (
        next((c for c in result.checks if c.check.name == entry.check), None) if result else None
    )
    outcome = check.outcome if check else result.outcome if result else None
    return {
        "page": entry.fence.page,
        "path": entry.fence.location.path,
        "line": entry.fence.location.line,
        "language": entry.fence.language,
        "kind": entry.fate.value,
        "result": entry.id,
        "check": entry.check,
        "outcome": outcome.value if outcome and entry.fate is Fate.RUN else None,
        "reason": entry.reason,
    }


def _impossible(cell: Cell) -> dict[str, Any]:
    """One concept in one framework that there is no snippet of."""
    concept, _, framework = cell.id.partition("/")
    return {
        "id": cell.id,
        "concept": concept,
        "framework": framework,
        "path": cell.location.path,
        "line": cell.location.line,
        "cell": {"kind": Kind.NOT_POSSIBLE, "why": cell.why, "instead": cell.instead},
    }


def _cell(result: Result, cell: Cell | None) -> dict[str, str] | None:
    """Who does the work of a snippet, and what is said of that; None for anything else."""
    if of_fences(result) or of_probes(result):
        return None
    kind = (cell and cell.kind) or result.kind
    return {
        "kind": kind or "",
        "why": cell.why if cell else "",
        "instead": cell.instead if cell else "",
    }


def _result(result: Result, cell: Cell | None) -> dict[str, Any]:
    """One result; a pass with deviations gives them as its reason."""
    deviations = [f"{c.check.name} deviates: {c.deviation}" for c in result.checks if _deviates(c)]
    return {
        "id": result.id,
        "kind": "fences" if of_fences(result) else "probes" if of_probes(result) else "snippet",
        "concept": result.concept,
        "framework": result.framework,
        "cell": _cell(result, cell),
        "path": result.location.path,
        "line": result.location.line,
        "outcome": result.outcome.value,
        "reason": result.reason or "; ".join(deviations),
        "cached": result.cached,
        "seconds": result.seconds,
        **({"database": result.database} if result.database else {}),
        "checks": [
            {
                "name": check.check.name,
                "claim": check.check.claim,
                "outcome": check.outcome.value,
                "exchanges": [asdict(exchange) for exchange in check.exchanges],
            }
            for check in result.checks
        ],
    }


def _case(
    suite: ElementTree.Element, result: Result, name: str, failure: Failure | None
) -> ElementTree.Element:
    place = failure.location if failure else result.location
    case = ElementTree.SubElement(suite, "testcase", classname=result.id, name=name)
    case.set("file", place.path)
    case.set("line", str(place.line or 1))
    return case


def _whole_case(suite: ElementTree.Element, result: Result) -> None:
    case = _case(suite, result, "snippet", result.failure)
    case.set("time", f"{result.seconds:.4f}")
    if result.outcome is Outcome.SKIPPED:
        ElementTree.SubElement(case, "skipped").set("message", visible(result.reason))
    elif result.outcome is not Outcome.PASSED:
        _add_failure(case, "error", result.failure, result.reason or result.outcome.value)


def _add_failure(
    case: ElementTree.Element, kind: str, failure: Failure | None, otherwise: str
) -> None:
    element = ElementTree.SubElement(case, kind)
    element.set("message", visible(failure.message if failure else otherwise))
    if failure is None:
        return
    places = [place for place in (failure.location, failure.contract) if place]
    told = [f"{place.path}:{place.line or 1}" for place in places]
    told += [f"expected: {failure.expected}"] if failure.expected is not None else []
    told += [f"actual: {failure.actual}"] if failure.actual is not None else []
    told += [failure.traceback] if failure.traceback else []
    element.text = visible("\n".join(told))


def _deviates(check: CheckResult) -> bool:
    return check.deviation is not None and check.outcome is not Outcome.PASSED


def _unexpected(check: CheckResult) -> bool:
    """A failure that nobody declared, or a declared one that did not come."""
    return (check.outcome is Outcome.PASSED) == (check.deviation is not None)


def _now() -> datetime:
    """The time of the run, or the fixed one of a reproducible build."""
    fixed = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(fixed), UTC) if fixed else datetime.now(UTC)
