"""The proof of a snippet as HTML: one line, and under it every check with its exchanges.

Links to pages carry ``data-fg-doc``, a path inside the docs folder; the Markdown extension turns
it into a link that is right on its page.
"""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from ...base.html.markup import claim, element, fragment
from ...environments.versions import version
from ...model import Check, CheckResult, Deviation, Framework, Kind, Result, Standing
from ...model.layers import BOUNDARY
from ..standing import HELD, UNKNOWN, WORDS, checks_line, classes, of_check
from . import exchange
from .failures import failure, printed, reason
from .marks import badge, kind_mark

PROOF = ("<!--fg-proof-->", "<!--/fg-proof-->")
"""Around every proof, so that a host can lay it aside while it looks for what it indexes."""


def contract(checks: Iterable[Check]) -> Markup:
    """The claims of a contract."""
    items = [element("li", claim(check.claim)) for check in checks]
    return element("ul", *items, class_="fg-contract")


def proof(
    framework: Framework,
    snippet: str,
    standing: Standing,
    result: Result | None,
    deviations: Iterable[Deviation] = (),
    kind: Kind | None = None,
) -> Markup:
    """What is known about one snippet: a line, and under it every check with its exchange."""
    if result is None or standing in UNKNOWN:
        return _details(standing, [], _not_known(snippet, standing))
    sources = {deviation.check: deviation.source for deviation in deviations}
    checks = [_check(check, sources.get(check.check.name)) for check in result.checks]
    layers = f"Layers around the application: {', '.join(result.layers)}."
    body = fragment(
        None if standing in HELD else _why(result),
        element("ol", *checks, class_="fg-checks") if checks else None,
        element("p", layers, class_="fg-proof__note") if result.layers else None,
    )
    return _details(standing, _facts(framework, result, kind), body)


def _not_known(snippet: str, standing: Standing) -> Markup:
    """What to do where there is no result of the code as it is now."""
    why = (
        "The code changed since it was verified; run "
        if standing is Standing.STALE
        else "Nothing is known about this code yet; run "
    )
    command = element("code", f"fieldguide verify {snippet}")
    return element("p", why, command, ".", class_="fg-proof__note")


def _facts(framework: Framework, result: Result, kind: Kind | None) -> list[Markup]:
    """What the line of a proof says after the standing."""
    facts = [kind_mark(kind)] if kind else []
    facts += [_fact("checks", checks_line(result))] if result.checks else []
    number = version(framework, result.versions)
    facts += [_fact("version", f"{framework.title} {number}")] if number else []
    python = result.versions.get("python")
    facts += [_fact("python", f"Python {python}")] if python else []
    if result.layers:
        bounded = set(BOUNDARY) <= set(result.layers)
        facts.append(_fact("layers", "sandboxed" if bounded else "not sandboxed"))
    if any(check.exchanges for check in result.checks):
        facts.append(_fact("more", "Show the exchanges"))
    return facts


def _fact(name: str, text: str) -> Markup:
    return element("span", text, class_=f"fg-proof__{name}")


def _details(standing: Standing, facts: list[Markup], body: Markup) -> Markup:
    """The folding proof; open where the reader has to see it. Left out of the search index."""
    line = Markup(" ").join([badge(WORDS[standing]), *facts])
    details = element(
        "details",
        element("summary", line),
        body,
        class_=classes("fg-proof", standing),
        data_search_exclude=True,
        open=standing not in HELD,
    )
    return fragment(Markup(PROOF[0]), details, Markup(PROOF[1]))


def _check(result: CheckResult, source: str | None) -> Markup:
    """One check: its claim, why it deviates or failed, and what went over the wire."""
    standing = of_check(result)
    why: Markup | None = None
    if standing is Standing.DEVIATES:
        why = _deviation(result.deviation or "", source)
    elif result.left_out:
        why = element("p", f"Left out: {result.left_out}", class_="fg-check__deviation")
    elif result.failure:
        why = failure(result.failure)
    return element(
        "li",
        element("p", claim(result.check.claim), class_="fg-check__claim"),
        why,
        *(exchange.exchange(recorded) for recorded in result.exchanges),
        class_=classes("fg-check", standing),
    )


def _deviation(why: str, source: str | None) -> Markup:
    """The declared reason, and where it is documented; no address but a web page's is a link."""
    link = None
    if source and source.startswith(("https://", "http://")):
        link = fragment(" ", element("a", "Source", href=source))
    return element("p", f"Deviates: {why}", link, class_="fg-check__deviation")


def _why(result: Result) -> Markup:
    """Why a snippet did not pass, where no single check says it; then what it printed."""
    why: Markup | None = None
    if result.failure:
        why = failure(result.failure)
    elif not any(check.failure for check in result.checks):
        why = reason(result.reason or result.outcome.value)
    return fragment(why, printed("output", result.output))
