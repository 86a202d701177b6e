"""Records to HTML: proof, claims, install lines, gaps. Pure functions.

Whatever comes from a snippet, a contract or an exchange is escaped here, control characters
included. Links to pages carry ``data-fg-doc``, a path inside the docs folder; the Markdown
extension turns it into a link that is right on its page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from . import exchanges
from .installed import normalise
from .model import (
    Cell,
    Check,
    CheckResult,
    Deviation,
    Exchange,
    Failure,
    Framework,
    Kind,
    Outcome,
    Problem,
    Result,
)
from .problems import line as problem_line
from .sandbox import BOUNDARY
from .starting import PORT
from .text import count, safe, tail

CONTRIBUTING = "about/contributing.md"

PROOF = ("<!--fg-proof-->", "<!--/fg-proof-->")
"""Around every proof, so that a host can lay it aside while it looks for what it indexes."""

WORDS = {
    "passed": "verified",
    "unverified": "not verified",
    "stale": "stale",
    "timed-out": "timed out",
}


def state(result: Result | None, digest: str) -> str:
    """How a snippet stands, as the class names write it; ``digest`` is that of its source now.

    A result without a source never ran: it says why, whatever the code is.
    """
    if result is None:
        return "unverified"
    if result.source != digest and (result.source or result.outcome is Outcome.PASSED):
        return "stale"
    return result.outcome.value.replace(" ", "-")


def check_state(check: CheckResult) -> str:
    """``passed``, ``failed`` or ``deviates``."""
    if check.deviates:
        return "deviates"
    return "passed" if check.outcome is Outcome.PASSED and check.failure is None else "failed"


def checks_line(result: Result) -> str:
    """``9 checks``, ``8 of 9 checks``, ``9 checks, 1 deviation``."""
    states = [check_state(check) for check in result.checks]
    failed, deviating = states.count("failed"), states.count("deviates")
    line = count(len(states), "check")
    if failed:
        line = f"{len(states) - failed} of {line}"
    return f"{line}, {count(deviating, 'deviation')}" if deviating else line


def claim(text: str) -> str:
    """A claim: plain text but for its inline code."""
    parts = re.split(r"(`+)(.+?)\1(?!`)", text)
    html = []
    for index in range(0, len(parts), 3):
        html.append(safe(parts[index]))
        if index + 2 < len(parts):
            html.append(f"<code>{safe(parts[index + 2].strip())}</code>")
    return "".join(html)


def contract(checks: Iterable[Check]) -> str:
    """The claims of a contract."""
    items = "".join(f"<li>{claim(check.claim)}</li>" for check in checks)
    return f'<ul class="fg-contract">{items}</ul>'


def install(versions: Mapping[str, str]) -> str:
    """The line that installs what the snippet imports, with a button that copies it."""
    wanted = [f'"{name}=={version}"' for name, version in versions.items() if name != "python"]
    if not wanted:
        return ""
    command = safe("pip install " + " ".join(wanted))
    return (
        '<div class="fg-install"><span class="fg-install__label">Install</span> '
        f"<code>{command}</code>"
        '<button type="button" class="md-code__button" data-md-type="copy" '
        'title="Copy to clipboard" aria-label="Copy the install line" '
        f'data-clipboard-text="{command}"></button></div>'
    )


_SERVE = {
    "gunicorn": "gunicorn app:app",
    "waitress": "waitress-serve app:app",
    "uvicorn": "uvicorn app:app",
    "tornado": "python app.py",
}
"""How a snippet is started in production, by its framework's server."""


def development(command: str) -> str:
    """The line that starts the snippet to try it."""
    return (
        '<div class="fg-install"><span class="fg-install__label">Try it</span> '
        f'<code>{safe(command)}</code> <span class="fg-install__note">on '
        f"http://127.0.0.1:{PORT}</span></div>"
    )


def production(server: str, served: str) -> str:
    """The line that serves the snippet in production; ``served`` is the server it passed under."""
    proven = f"The same checks passed under {safe(served)}." if served else ""
    return (
        '<div class="fg-install"><span class="fg-install__label">Production</span> '
        f"<code>{safe(_SERVE.get(server, server))}</code> "
        f'<span class="fg-install__note">{proven}</span></div>'
    )


def proof(
    framework: Framework,
    snippet: str,
    standing: str,
    result: Result | None,
    deviations: Iterable[Deviation] = (),
    kind: Kind | None = None,
) -> str:
    """What is known about one snippet: a line, and under it every check with its exchange."""
    command = f"<code>fieldguide verify {safe(snippet)}</code>"
    if result is None or standing in ("unverified", "stale"):
        why = (
            "The code changed since it was verified; run"
            if standing == "stale"
            else "Nothing is known about this code yet; run"
        )
        return _details(standing, [], f'<p class="fg-proof__note">{why} {command}.</p>')
    facts = [kind_mark(kind)] if kind else []
    facts += [_fact("checks", checks_line(result))] if result.checks else []
    found = version(framework, result.versions)
    facts += [_fact("version", f"{framework.title} {found}")] if found else []
    python = result.versions.get("python")
    facts += [_fact("python", f"Python {python}")] if python else []
    if result.layers:
        bounded = set(BOUNDARY) <= set(result.layers)
        facts.append(_fact("layers", "sandboxed" if bounded else "not sandboxed"))
    if any(check.exchanges for check in result.checks):
        facts.append(_fact("more", "Show the exchanges"))
    sources = {deviation.check: deviation.source for deviation in deviations}
    checks = "".join(_check(check, sources.get(check.check.name)) for check in result.checks)
    body = "" if standing == "passed" else _why(result)
    body += f'<ol class="fg-checks">{checks}</ol>' if checks else ""
    if result.layers:
        layers = safe(", ".join(result.layers))
        body += f'<p class="fg-proof__note">Layers around the application: {layers}.</p>'
    return _details(standing, facts, body)


def failure(failed: Failure) -> str:
    """Why something did not pass: message, place, values, the end of the traceback."""
    places = [failed.location] + ([failed.contract] if failed.contract else [])
    where = ", ".join(
        f"<code>{safe(place.path)}{f':{place.line}' if place.line is not None else ''}</code>"
        for place in places
    )
    html = f'<p class="fg-failure__message">{safe(failed.message)}</p>'
    html += f'<p class="fg-failure__location">{where}</p>'
    html += f'<p class="fg-failure__next">Next: {safe(failed.next)}.</p>' if failed.next else ""
    values = (("Expected", failed.expected), ("Actual", failed.actual))
    rows = "".join(
        f"<dt>{name}</dt><dd><code>{safe(value)}</code></dd>"
        for name, value in values
        if value is not None
    )
    html += f'<dl class="fg-failure__values">{rows}</dl>' if rows else ""
    html += _block("traceback", failed.traceback)
    return f'<div class="fg-failure">{html}</div>'


def exchange(recorded: Exchange) -> str:
    """One request and its response as HTTP."""
    return (
        '<div class="fg-exchange no-copy">'
        f"{exchanges.block(recorded.request, 'fg-exchange__request')}"
        f"{exchanges.block(recorded.response, 'fg-exchange__response')}</div>"
    )


def kind_mark(kind: Kind) -> str:
    """The name of a kind with its sign."""
    return f'<span class="fg-kind fg-kind--{kind.replace(" ", "-")}">{safe(kind)}</span>'


def cell(said: Cell) -> str:
    """What ``cell.toml`` tells a reader, as Markdown; nothing for nothing."""
    parts = [f"{said.kind.capitalize()}: {said.why}"] if said.kind and said.why else []
    parts += [f"Instead: {said.instead}"] if said.instead else []
    parts += [f"Requires `{said.requires}`."] if said.requires else []
    return " ".join(parts)


def gap(framework: Framework) -> str:
    """What stands in the place of a missing snippet."""
    link = f'<a href="" data-fg-doc="{CONTRIBUTING}">Write it</a>'
    return f'<div class="fg-gap"><p>No {safe(framework.title)} snippet yet. {link}.</p></div>'


def problem(found: Problem) -> str:
    """A mistake in the page's own source, shown where it stands."""
    return (
        '<div class="admonition failure fg-problem"><p class="admonition-title">Problem</p>'
        f"<p>{safe(problem_line(found))}</p></div>"
    )


def _details(standing: str, facts: list[str], body: str) -> str:
    """The folding proof; open where the reader has to see it. Left out of the search index."""
    opened = "" if standing == "passed" else " open"
    badge = f'<span class="fg-badge">{WORDS.get(standing, standing)}</span>'
    return (
        f'{PROOF[0]}<details class="fg-proof fg-proof--{standing}" data-search-exclude{opened}>'
        f"<summary>{' '.join([badge, *facts])}</summary>{body}</details>{PROOF[1]}"
    )


def _fact(name: str, text: str) -> str:
    return f'<span class="fg-proof__{name}">{safe(text)}</span>'


def _check(result: CheckResult, source: str | None) -> str:
    """One check: its claim, why it deviates or failed, and what went over the wire."""
    standing = check_state(result)
    html = f'<p class="fg-check__claim">{claim(result.check.claim)}</p>'
    if standing == "deviates":
        html += f'<p class="fg-check__deviation">Deviates: {safe(result.deviation or "")}'
        if source and source.startswith(("https://", "http://")):
            html += f' <a href="{safe(source)}">Source</a>'
        html += "</p>"
    elif result.failure:
        html += failure(result.failure)
    html += "".join(exchange(recorded) for recorded in result.exchanges)
    return f'<li class="fg-check fg-check--{standing}">{html}</li>'


def _why(result: Result) -> str:
    """Why a snippet did not pass, where no single check says it; then what it printed."""
    html = ""
    if result.failure:
        html = failure(result.failure)
    elif not any(check.failure for check in result.checks):
        reason = safe(result.reason or result.outcome.value)
        html = f'<div class="fg-failure"><p class="fg-failure__message">{reason}</p></div>'
    return html + _block("output", result.output)


def _block(name: str, text: str) -> str:
    """The last lines of a long text; nothing for none."""
    if not text.strip():
        return ""
    return f'<pre class="fg-failure__{name}"><code>{safe(tail(text, 12))}</code></pre>'


def version(framework: Framework, versions: Mapping[str, str]) -> str:
    """The framework's version; distributions are compared by their normal name."""
    normal = {normalise(name): version for name, version in versions.items()}
    return normal.get(normalise(framework.distribution), "")
