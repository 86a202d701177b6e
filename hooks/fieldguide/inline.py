"""What stands around a fence of a page: one quiet line that says whether it ran. Pure functions.

The code is finished HTML from the site's own formatter; whatever else comes in is escaped here.
"""

from __future__ import annotations

from html import escape

from . import exchanges, wire
from .matching import SourceError
from .model import CheckResult, Entry, Framework, Result
from .render import WORDS, claim, failure, version
from .text import safe, visible


def block(code: str, line: str = "") -> str:
    """A code block with its line attached."""
    return f'<div class="fg-fence">{code}{line}</div>'


def output(code: str) -> str:
    """What the code before it prints."""
    label = '<p class="fg-output__label">Output</p>'
    return f'<div class="fg-fence fg-output no-copy">{label}{code}</div>'


def not_run(reason: str) -> str:
    """The line of code that nothing verifies; the reason may hold inline code."""
    why = f": {claim(reason)}" if reason else ""
    return f'<p class="fg-ran fg-ran--norun" data-search-exclude>{_badge("Not verified")}{why}</p>'


def not_known(standing: str, page: str) -> str:
    """The line of code without a result, or with one of other code."""
    why = (
        "The code changed since it ran; run"
        if standing == "stale"
        else "Nothing is known about this code yet; run"
    )
    command = safe(f"fieldguide verify {page}".rstrip())
    badge = _badge(WORDS[standing])
    return (
        f'<p class="fg-ran fg-ran--{standing}" data-search-exclude>{badge} '
        f"{why} <code>{command}</code>.</p>"
    )


def ran(
    entry: Entry,
    standing: str,
    result: Result,
    check: CheckResult | None,
    framework: Framework | None,
    continues: bool,
) -> str:
    """The line of code that ran; where it did not hold, the failure under it."""
    badge = _badge("Ran" if standing == "passed" else WORDS.get(standing, standing))
    facts = [versions(result, framework)]
    if standing == "passed":
        facts = [entry.fence.options.app, *facts, *_ending(entry)]
        facts += ["after the code above"] if continues else []
    line = " ".join([badge, *(f"<span>{safe(fact)}</span>" for fact in facts if fact)])
    if standing == "passed":
        return f'<p class="fg-ran fg-ran--passed" data-search-exclude>{line}</p>'
    return (
        f'<div class="fg-ran fg-ran--{standing}" data-search-exclude><p>{line}</p>'
        f"{_why(result, check)}</div>"
    )


def versions(result: Result, framework: Framework | None) -> str:
    """``Flask 3.1.3, jinja2 3.1.6, Python 3.13.0``: the framework, what else the code imports."""
    found = version(framework, result.versions) if framework else ""
    facts = [f"{framework.title} {found}"] if framework and found else []
    for name, number in result.versions.items():
        if name != "python" and not (framework and version(framework, {name: number})):
            facts.append(f"{name} {number}")
    python = result.versions.get("python", "")
    return ", ".join([*facts, *([f"Python {python}"] if python else [])])


def documented(source: str, title: str, name: str, classes: list[str]) -> str | None:
    """The exchanges of an ``http`` fence, each as request and response; None where it has none."""
    try:
        pairs = [(one.request.text, one.response.text) for one in wire.parse(source).exchanges]
    except SourceError:
        return None
    called = f' id="{safe(name)}"' if name else ""
    html = f'<div class="{safe(" ".join(["fg-exchanges", *classes]))}"{called}>'
    if title:
        html += f'<div class="highlight"><span class="filename">{safe(title)}</span></div>'
    for request, response in pairs:
        html += (
            '<div class="fg-exchange no-copy">'
            f"{exchanges.documented(request, 'fg-exchange__request')}"
            f"{exchanges.documented(response, 'fg-exchange__response')}</div>"
        )
    return html + "</div>"


def attribute(text: str) -> str:
    """Text of several lines, fit for an attribute's value."""
    return escape(visible(text)).replace("\n", "&#10;")


def _ending(entry: Entry) -> list[str]:
    """How the code is meant to end, where that is not well."""
    options = entry.fence.options
    raised = f"raised {options.raises}" if options.raises else ""
    return [raised, f"ended with status {options.exit}" if options.exit else ""]


def _badge(words: str) -> str:
    return f'<span class="fg-badge">{safe(words)}</span>'


def _why(result: Result, check: CheckResult | None) -> str:
    """The fence's own failure, that of its group, or in a line what is said of the group."""
    found = check.failure if check else result.failure
    if found is not None:
        return failure(found)
    said = result.reason or result.outcome.value
    if check is None and any(one.failure for one in result.checks):
        said = "An earlier fence of its group did not hold."
    return f'<div class="fg-failure"><p class="fg-failure__message">{safe(said)}</p></div>'
