"""A report for test runners: JUnit XML with a testcase a check."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree

from ...base.problems import line
from ...base.text import visible
from ...model import CheckResult, Failure, Outcome, Problem, Report, Result
from ..problems import NOT_REACHED
from .build_time import build_time
from .terminal import summary
from .totals import totals
from .untold import untold


def junit(report: Report) -> str:
    """JUnit XML: a testcase a check; one for the whole snippet where nothing could be checked, and
    one for the run where it has errors that belong to no snippet."""
    suites = ElementTree.Element("testsuites")
    suite = ElementTree.SubElement(suites, "testsuite", name="fieldguide")
    suite.set("timestamp", build_time().replace(tzinfo=None).isoformat(timespec="seconds"))
    suite.set("time", f"{report.seconds:.3f}")
    for result in report.results:
        if not result.checks:
            _add_whole(suite, result)
        for check in result.checks:
            _add_check(suite, result, check)
    _add_run(suite, list(untold(report)))
    _count_cases(suite)
    if report.problems:
        errors = ElementTree.SubElement(suite, "system-err")
        errors.text = visible("\n".join(line(problem) for problem in report.problems))
    ElementTree.SubElement(suite, "system-out").text = summary(report)
    suites.set("tests", suite.attrib["tests"])
    suites.set("name", f"{sum(totals(report).snippets.values())} snippets")
    ElementTree.indent(suites)
    return ElementTree.tostring(suites, encoding="unicode", xml_declaration=True) + "\n"


def _add_check(suite: ElementTree.Element, result: Result, check: CheckResult) -> None:
    case = _add_case(suite, result, check.check.name, check.failure)
    case.set("time", f"{result.seconds / len(result.checks):.4f}")
    if check.outcome is Outcome.SKIPPED:
        _add_skip(case, check.left_out or NOT_REACHED)
    elif check.deviates:
        _add_skip(case, visible(f"deviates: {check.deviation}"))
    elif check.unexpected:
        tag = "error" if check.outcome is Outcome.ERRORED else "failure"
        _add_failure(case, tag, check.failure, check.outcome.value)


def _add_whole(suite: ElementTree.Element, result: Result) -> None:
    """A testcase for a snippet without checks."""
    case = _add_case(suite, result, "snippet", result.failure)
    case.set("time", f"{result.seconds:.4f}")
    if result.outcome is Outcome.SKIPPED:
        _add_skip(case, visible(result.reason))
    elif result.outcome is not Outcome.PASSED:
        _add_failure(case, "error", result.failure, result.reason or result.outcome.value)


def _add_run(suite: ElementTree.Element, problems: Sequence[Problem]) -> None:
    """A testcase for the run itself, where it failed by more than its snippets."""
    if not problems:
        return
    case = ElementTree.SubElement(suite, "testcase", classname="fieldguide", name="run")
    case.set("file", problems[0].location.path)
    case.set("line", str(problems[0].location.line or 1))
    error = ElementTree.SubElement(case, "error", message=visible(problems[0].message))
    error.text = visible("\n".join(map(line, problems)))


def _add_case(
    suite: ElementTree.Element, result: Result, name: str, failure: Failure | None
) -> ElementTree.Element:
    place = failure.location if failure else result.location
    case = ElementTree.SubElement(suite, "testcase", classname=result.id, name=name)
    case.set("file", place.path)
    case.set("line", str(place.line or 1))
    return case


def _add_skip(case: ElementTree.Element, reason: str) -> None:
    ElementTree.SubElement(case, "skipped").set("message", reason)


def _add_failure(
    case: ElementTree.Element, tag: str, failure: Failure | None, otherwise: str
) -> None:
    """A ``failure`` or an ``error``; ``otherwise`` is its message where no failure was recorded."""
    element = ElementTree.SubElement(case, tag)
    element.set("message", visible(failure.message if failure else otherwise))
    if failure is None:
        return
    places = [place for place in (failure.location, failure.contract) if place]
    lines = [f"{place.path}:{place.line or 1}" for place in places]
    lines += [f"expected: {failure.expected}"] if failure.expected is not None else []
    lines += [f"actual: {failure.actual}"] if failure.actual is not None else []
    lines += [failure.traceback] if failure.traceback else []
    element.text = visible("\n".join(lines))


def _count_cases(suite: ElementTree.Element) -> None:
    """Write how many testcases a suite has, and how many of each bad end."""
    cases = list(suite)
    suite.set("tests", str(len(cases)))
    for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(name, str(sum(case.find(tag) is not None for case in cases)))
