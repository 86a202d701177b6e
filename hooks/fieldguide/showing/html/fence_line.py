"""What stands around a fence of a page: one quiet line that says whether it ran. Pure functions.

The code is finished HTML from the site's own formatter; whatever else comes in is escaped here.
"""

from __future__ import annotations

from markupsafe import Markup

from ...base.html.markup import claim, element, escape
from ...environments.versions import version
from ...languages import http
from ...languages.grammar.problems import SourceError
from ...model import CheckResult, Entry, Framework, Result, Standing
from ..standing import WORDS, classes
from . import exchange
from .failures import failure, reason
from .marks import badge


def block(code: Markup | None, line: Markup | None = None) -> Markup:
    """A code block with its line attached."""
    return element("div", code, line, class_="fg-fence")


def output(code: Markup) -> Markup:
    """What the code before it prints."""
    label = element("p", "Output", class_="fg-output__label")
    return element("div", label, code, class_="fg-fence fg-output no-copy")


def not_run(why: str) -> Markup:
    """The line of code that nothing verifies; the reason may hold inline code."""
    parts = (": ", claim(why)) if why else ()
    return element(
        "p",
        badge("Not verified"),
        *parts,
        class_="fg-ran fg-ran--norun",
        data_search_exclude=True,
    )


def not_known(standing: Standing, page: str) -> Markup:
    """The line of code without a result, or with one of other code."""
    why = (
        " The code changed since it ran; run "
        if standing is Standing.STALE
        else " Nothing is known about this code yet; run "
    )
    command = element("code", f"fieldguide verify {page}".rstrip())
    return _line(standing, badge(WORDS[standing]), why, command, ".")


def ran(
    entry: Entry,
    standing: Standing,
    result: Result,
    check: CheckResult | None,
    framework: Framework | None,
    continues: bool,
) -> Markup:
    """The line of code that ran; where it did not hold, the failure under it."""
    passed = standing is Standing.PASSED
    facts = [versions(result, framework)]
    if passed:
        facts = [entry.fence.options.app, *facts, *_ending(entry)]
        facts += ["after the code above"] if continues else []
    spans = [element("span", fact) for fact in facts if fact]
    line = Markup(" ").join([badge("Ran" if passed else WORDS[standing]), *spans])
    if passed:
        return _line(standing, line)
    return element(
        "div",
        element("p", line),
        _why(result, check),
        class_=classes("fg-ran", standing),
        data_search_exclude=True,
    )


def versions(result: Result, framework: Framework | None) -> str:
    """``Flask 3.1.3, jinja2 3.1.6, Python 3.13.0``: the framework, what else the code imports."""
    own = version(framework, result.versions) if framework else ""
    facts = [f"{framework.title} {own}"] if framework and own else []
    for name, number in result.versions.items():
        if name != "python" and not (framework and version(framework, {name: number})):
            facts.append(f"{name} {number}")
    python = result.versions.get("python", "")
    return ", ".join([*facts, *([f"Python {python}"] if python else [])])


def documented(source: str, title: str, name: str, classes: list[str]) -> Markup | None:
    """The exchanges of an ``http`` fence, each as request and response; None where it has none."""
    try:
        pairs = [
            (exchange.request.text, exchange.response.text)
            for exchange in http.parse(source).exchanges
        ]
    except SourceError:
        return None
    named = element("span", title, class_="filename")
    return element(
        "div",
        element("div", named, class_="highlight") if title else None,
        *(exchange.written(request, response) for request, response in pairs),
        class_=" ".join(["fg-exchanges", *classes]),
        id=name or None,
    )


def attribute(text: str) -> str:
    """Text of several lines, fit for an attribute's value."""
    return str(escape(text)).replace("\n", "&#10;")


def _line(standing: Standing, *children: str) -> Markup:
    name = classes("fg-ran", standing)
    return element("p", *children, class_=name, data_search_exclude=True)


def _ending(entry: Entry) -> list[str]:
    """How the code is meant to end, where it is meant to raise or to exit."""
    options = entry.fence.options
    raised = f"raised {options.raises}" if options.raises else ""
    return [raised, f"ended with status {options.exit}" if options.exit else ""]


def _why(result: Result, check: CheckResult | None) -> Markup:
    """The fence's own failure, that of its group, or in a line what is said of the group."""
    failed = check.failure if check else result.failure
    if failed is not None:
        return failure(failed)
    if check is None and any(other.failure for other in result.checks):
        return reason("An earlier fence of its group did not hold.")
    return reason(result.reason or result.outcome.value)
