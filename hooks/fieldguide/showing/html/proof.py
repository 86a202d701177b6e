"""The proof of a snippet as HTML: its line, each check, and what went over the wire.

A guide has the line and under it a row a check, each a link to the snippet's own page, which has
the exchanges. Where a snippet has no page of its own, the exchanges stand under the row.

Links to pages carry ``data-fg-doc``, a path inside the docs folder; the Markdown extension turns
it into a link that is right on its page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup

from ...base.html.markup import claim, element, fragment, page_link
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


@dataclass(frozen=True, slots=True)
class Shown:
    """One check on its page."""

    anchor: str
    claim: Markup
    standing: Standing
    body: Markup
    """Why it deviates or failed, and its exchanges, each folded."""


def proof(
    framework: Framework,
    snippet: str,
    standing: Standing,
    result: Result | None,
    deviations: Iterable[Deviation] = (),
    kind: Kind | None = None,
) -> Markup:
    """What is known about a snippet that has no page: a line, and under it all of it."""
    if result is None or standing in UNKNOWN:
        return _details(standing, [], _not_known(snippet, standing))
    items = [
        element(
            "li",
            element("p", check.claim, class_="fg-check__claim"),
            check.body,
            class_=classes("fg-check", check.standing),
        )
        for check in checks(result, deviations)
    ]
    body = fragment(
        why(result, standing),
        element("ol", *items, class_="fg-checks") if items else None,
        layers(result),
    )
    more = "Show the exchanges" if any(check.exchanges for check in result.checks) else ""
    return _details(standing, _facts(framework, result, kind, more), body)


def digest(
    framework: Framework,
    snippet: str,
    standing: Standing,
    result: Result | None,
    page: str,
    kind: Kind | None = None,
) -> Markup:
    """What a guide says of a snippet: a line, and under it a row a check, a link to its page."""
    if result is None or standing in UNKNOWN:
        return _details(standing, [], _not_known(snippet, standing))
    rows = [_row(check, page) for check in result.checks]
    body = fragment(
        why(result, standing), element("ol", *rows, class_="fg-checks") if rows else None
    )
    facts = _facts(framework, result, kind, "Show the checks" if rows else "")
    return _details(standing, facts, body, " fg-digest")


def line(
    framework: Framework,
    snippet: str,
    standing: Standing,
    result: Result | None,
    kind: Kind | None,
) -> Markup:
    """The line of a proof alone."""
    if result is None or standing in UNKNOWN:
        facts = []
        more = _not_known(snippet, standing)
    else:
        facts = _facts(framework, result, kind, "")
        more = None
    badges = Markup(" ").join([badge(WORDS[standing]), *facts])
    return fragment(element("p", badges, class_=classes("fg-proof", standing)), more)


def checks(result: Result, deviations: Iterable[Deviation]) -> Iterator[Shown]:
    """Every check of a result, with its exchanges."""
    sources = {deviation.check: deviation.source for deviation in deviations}
    for check in result.checks:
        standing = of_check(check)
        body = fragment(
            _why_not(check, standing, sources.get(check.check.name)),
            Markup(PROOF[0]),
            *map(exchange.folded, check.exchanges),
            Markup(PROOF[1]),
        )
        yield Shown(anchor(check.check), claim(check.check.claim), standing, body)


def anchor(check: Check) -> str:
    """The name of a check's place on its page."""
    return check.name.removeprefix("test_").replace("_", "-")


def layers(result: Result) -> Markup | None:
    """What was around the application when it ran."""
    if not result.layers:
        return None
    text = f"Layers around the application: {', '.join(result.layers)}."
    return element("p", text, class_="fg-proof__note")


def _row(result: CheckResult, page: str) -> Markup:
    """One check of a digest: its claim, and the answer that decides."""
    standing = of_check(result)
    link = page_link(claim(result.check.claim), f"{page}#{anchor(result.check)}")
    decides = exchange.deciding(result)
    return element(
        "li",
        element("p", link, class_="fg-check__claim"),
        element("p", exchange.brief(decides), class_="fg-check__wire") if decides else None,
        _why_not(result, standing, None),
        class_=classes("fg-check", standing),
    )


def _not_known(snippet: str, standing: Standing) -> Markup:
    """What to do where there is no result of the code as it is now."""
    why = (
        "The code changed since it was verified; run "
        if standing is Standing.STALE
        else "Nothing is known about this code yet; run "
    )
    command = element("code", f"fieldguide verify {snippet}")
    return element("p", why, command, ".", class_="fg-proof__note")


def _facts(framework: Framework, result: Result, kind: Kind | None, more: str) -> list[Markup]:
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
    return [*facts, _fact("more", more)] if more else facts


def _fact(name: str, text: str) -> Markup:
    return element("span", text, class_=f"fg-proof__{name}")


def _details(standing: Standing, facts: list[Markup], body: Markup, more: str = "") -> Markup:
    """The folding proof; open where the reader has to see it. Left out of the search index."""
    line = Markup(" ").join([badge(WORDS[standing]), *facts])
    return element(
        "details",
        element("summary", line),
        body,
        class_=classes("fg-proof", standing) + more,
        data_search_exclude="",
        open=None if standing in HELD else "",
    )


def _why_not(result: CheckResult, standing: Standing, source: str | None) -> Markup | None:
    """Why a check deviates or failed."""
    if standing is Standing.DEVIATES:
        return _deviation(result.deviation or "", source)
    if result.left_out:
        return element("p", f"Left out: {result.left_out}", class_="fg-check__deviation")
    return failure(result.failure) if result.failure else None


def _deviation(why: str, source: str | None) -> Markup:
    """The declared reason, and where it is documented; no address but a web page's is a link."""
    link = None
    if source and source.startswith(("https://", "http://")):
        link = fragment(" ", element("a", "Source", href=source))
    return element("p", f"Deviates: {why}", link, class_="fg-check__deviation")


def why(result: Result, standing: Standing) -> Markup | None:
    """Why a snippet did not pass, where no single check says it; then what it printed."""
    if standing in HELD:
        return None
    said: Markup | None = None
    if result.failure:
        said = failure(result.failure)
    elif not any(check.failure for check in result.checks):
        said = reason(result.reason or result.outcome.value)
    return fragment(said, printed("output", result.output))
