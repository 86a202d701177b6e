"""Records to HTML: what a reader sees, and what cannot get out of it."""

from __future__ import annotations

import re
import time
from dataclasses import replace

import pytest
from samples import FLASK, HOSTILE, check, deviating, exchange, failed, message, result
from sound import Sound

from fieldguide.base.html.markup import claim
from fieldguide.model import (
    Deviation,
    Failure,
    Kind,
    Location,
    Message,
    Outcome,
    Problem,
    Result,
    Standing,
)
from fieldguide.showing import standing
from fieldguide.showing.compare import overview
from fieldguide.showing.evidence import Spot
from fieldguide.showing.html import exchange as html_exchange
from fieldguide.showing.html import failures, marks, run_card
from fieldguide.showing.html import proof as html_proof


def proof(shown: Result, standing: Standing = Standing.PASSED) -> str:
    html = str(html_proof.proof(FLASK, "routing/flask", standing, shown))
    assert html.startswith(html_proof.PROOF[0])
    assert html.endswith(html_proof.PROOF[1])
    return html.removeprefix(html_proof.PROOF[0]).removesuffix(html_proof.PROOF[1])


def test_a_passed_snippet_has_one_line_and_its_exchanges() -> None:
    assert proof(result(check())) == (
        '<details class="fg-proof fg-proof--passed" data-search-exclude>'
        '<summary><span class="fg-badge">verified</span> '
        '<span class="fg-proof__checks">1 check</span> '
        '<span class="fg-proof__version">Flask 3.1.3</span> '
        '<span class="fg-proof__python">Python 3.13.0</span> '
        '<span class="fg-proof__more">Show the exchanges</span></summary>'
        '<ol class="fg-checks"><li class="fg-check fg-check--passed">'
        '<p class="fg-check__claim"><code>/items/7</code> has the integer 7.</p>'
        '<div class="fg-exchange no-copy">'
        '<div class="highlight fg-exchange__request"><pre><code>'
        '<span class="nf">GET</span> <span class="nn">/items/7</span> '
        '<span class="kr">HTTP</span><span class="o">/</span><span class="m">1.1</span>\n'
        '<span class="na">Host</span><span class="o">:</span> <span class="l">localhost</span>\n'
        "</code></pre></div>"
        '<div class="highlight fg-exchange__response"><pre><code>'
        '<span class="kr">HTTP</span><span class="o">/</span><span class="m">1.1</span> '
        '<span class="m">200</span> <span class="ne">OK</span>\n'
        '<span class="na">Content-Type</span><span class="o">:</span> '
        '<span class="l">application/json</span>\n\n'
        '<span class="p">{</span><span class="nt">"id"</span>'
        '<span class="p">:</span><span class="w">  </span><span class="mi">7</span>'
        '<span class="p">}</span>\n</code></pre></div></div></li></ol></details>'
    )


def test_a_failure_says_what_where_and_why_and_is_open() -> None:
    html = proof(
        result(check(), failed(), outcome=Outcome.FAILED, output="printed"), Standing.FAILED
    )
    assert "<details" in html
    assert " open>" in html
    assert '<span class="fg-badge">failed</span>' in html
    assert '<span class="fg-proof__checks">1 of 2 checks</span>' in html
    assert '<p class="fg-failure__message">expected 404, got 500</p>' in html
    assert "<code>snippets/routing/flask/app.py:12</code>" in html
    assert "<code>snippets/routing/contract.py:14</code>" in html
    assert "<dt>Expected</dt><dd><code>404</code></dd>" in html
    assert "<dt>Actual</dt><dd><code>500</code></dd>" in html
    assert "... 18 lines before\nline 19" in html
    assert '<pre class="fg-failure__output"><code>printed</code></pre>' in html
    Sound(html)


def test_a_snippet_that_did_not_load_says_why() -> None:
    why = Failure(Location("snippets/routing/flask/app.py", 3), "it has no app", next="export app")
    html = proof(result(outcome=Outcome.ERRORED, failure=why), Standing.ERRORED)
    assert "it has no app" in html
    assert "Next: export app." in html
    assert "fg-proof__more" not in html
    slow = result(outcome=Outcome.TIMED_OUT, reason="slow")
    assert "timed out" in proof(slow, Standing.TIMED_OUT)


def test_a_deviation_is_shown_with_its_reason_and_source() -> None:
    place = Location("snippets/routing/flask/deviations.toml", 1)
    declared = Deviation("test_head", "it has no HEAD", place, "https://example.org/?a=1&b=2")
    shown = result(check(), deviating())
    html = html_proof.proof(FLASK, "routing/flask", Standing.PASSED, shown, (declared,))
    assert "2 checks, 1 deviation" in html
    assert '<li class="fg-check fg-check--deviates">' in html
    assert "Deviates: it has no HEAD" in html
    assert 'href="https://example.org/?a=1&amp;b=2"' in html
    evil = replace(declared, source="javascript:alert(1)")
    again = html_proof.proof(FLASK, "routing/flask", Standing.PASSED, shown, (evil,))
    assert "javascript" not in again


def test_a_declared_deviation_that_passes_counts_as_failed() -> None:
    made = replace(
        check(deviation="was true once"), failure=Failure(Location("d.toml", 1), "it passes")
    )
    assert standing.of_check(made) is Standing.FAILED


@pytest.mark.parametrize("standing", [Standing.UNVERIFIED, Standing.STALE])
def test_old_proof_is_never_shown(standing: Standing) -> None:
    html = proof(result(check()), standing)
    assert "fg-exchange" not in html
    assert "<code>fieldguide verify routing/flask</code>" in html


@pytest.mark.parametrize(
    ("given", "digest", "expected"),
    [
        (None, "now", Standing.UNVERIFIED),
        (result(), "now", Standing.PASSED),
        (result(), "later", Standing.STALE),
        (result(source=""), "now", Standing.STALE),
        (result(outcome=Outcome.TIMED_OUT), "now", Standing.TIMED_OUT),
        (result(outcome=Outcome.ERRORED, source=""), "now", Standing.ERRORED),
        (result(outcome=Outcome.SKIPPED, source=""), "later", Standing.SKIPPED),
    ],
)
def test_standing(given: Result | None, digest: str, expected: Standing) -> None:
    assert standing.of_result(given, digest) is expected


def test_every_standing_has_words_and_a_class_and_every_outcome_a_standing() -> None:
    assert set(standing.WORDS) == set(Standing)
    assert {standing.of_outcome(outcome).value for outcome in Outcome} == {
        outcome.replace(" ", "-") for outcome in Outcome
    }
    assert standing.classes("fg-cell", Standing.TIMED_OUT) == "fg-cell fg-cell--timed-out"


def test_nothing_from_a_snippet_gets_out() -> None:
    bad = Failure(Location(HOSTILE), HOSTILE, HOSTILE, HOSTILE, None, HOSTILE)
    made = result(
        check(claim=f"{HOSTILE} `{HOSTILE}`", exchanges=(exchange(HOSTILE, HOSTILE),)),
        check("b", HOSTILE, Outcome.FAILED, bad),
        check("c", HOSTILE, Outcome.FAILED, bad, deviation=HOSTILE),
        outcome=Outcome.FAILED,
        output=HOSTILE,
        failure=bad,
        versions={"python": HOSTILE, "flask": HOSTILE},
    )
    header = exchange()
    header = replace(header, response=replace(header.response, headers=((HOSTILE, HOSTILE),)))
    framework = replace(FLASK, title=HOSTILE)
    problem = Problem(Location(HOSTILE), HOSTILE, HOSTILE)
    htmls = [
        proof(made, Standing.FAILED),
        html_exchange.exchange(header),
        run_card.install(made.versions),
        marks.gap(framework),
        marks.problem(problem),
        html_proof.contract([check.check for check in made.checks]),
        failures.failure(bad),
        overview.cell(spot(made, Standing.FAILED, HOSTILE)),
    ]
    for html in htmls:
        sound = Sound(html)
        assert not sound.tags & {"script", "img"}
        assert not [name for name in sound.attributes if name.startswith("on")]
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]", html)
        html.encode("utf-8")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("`a` is `b`", "<code>a</code> is <code>b</code>"),
        ("**no** _Markdown_ <b>else</b>", "**no** _Markdown_ &lt;b&gt;else&lt;/b&gt;"),
        ("`` a`b ``", "<code>a`b</code>"),
        ("`<a>` & one ` alone", "<code>&lt;a&gt;</code> &amp; one ` alone"),
        ("", ""),
    ],
)
def test_a_claim_is_text_with_code(text: str, html: str) -> None:
    assert claim(text) == html


def test_bodies() -> None:
    assert html_exchange.note(message("HTTP/1.1 200 OK", "x")) == ""
    picture = Message("HTTP/1.1 200 OK", (), "aGk=", True, 412)
    assert html_exchange.note(picture) == "(412 bytes, binary)"
    assert (
        html_exchange.note(Message("HTTP/1.1 200 OK", (), "x", False, 9)) == "(cut; 9 bytes in all)"
    )
    assert html_exchange.text(message("HEAD / HTTP/1.1", Host="h")) == "HEAD / HTTP/1.1\nHost: h"
    binary = html_exchange.block(picture, "x")
    assert "aGk=" not in binary
    assert '<span class="c">(412 bytes, binary)</span>' in binary


def test_the_install_line_pins_what_is_imported() -> None:
    html = run_card.install({"python": "3.13.0", "pyramid": "2.1", "pyramid-jinja2": "2.10.1"})
    assert "<code>pip install &quot;pyramid==2.1&quot; &quot;pyramid-jinja2==2.10.1&quot;" in html
    assert run_card.install({"python": "3.13.0"}) == ""


def test_a_framework_is_found_under_any_spelling_of_its_distribution() -> None:
    webpy = replace(FLASK, title="web.py", distribution="web.py")
    html = html_proof.proof(
        webpy,
        "a/webpy",
        Standing.PASSED,
        result(check(), versions={"python": "3.13", "web-py": "0.70"}),
    )
    assert "web.py 0.70" in html


def spot(shown: Result | None, standing: Standing, doc: str | None = None) -> Spot:
    return Spot(FLASK, None, standing, Kind.CORE, shown, doc)


def test_cells() -> None:
    place = "concepts/routing.md#routing-flask"
    assert overview.cell(spot(result(check()), Standing.PASSED, place)) == (
        '<td class="fg-cell fg-cell--passed">'
        '<a href="" data-fg-doc="concepts/routing.md#routing-flask">1 check</a></td>'
    )
    deviates = overview.cell(spot(result(deviating()), Standing.PASSED))
    assert deviates == '<td class="fg-cell fg-cell--deviates">1 check, 1 deviation</td>'
    failing = overview.cell(spot(result(check(), failed()), Standing.FAILED))
    assert failing == '<td class="fg-cell fg-cell--failed">failed: 1 of 2 checks</td>'
    unknown = overview.cell(spot(None, Standing.UNVERIFIED))
    assert unknown == '<td class="fg-cell fg-cell--unverified">not verified</td>'
    stale = overview.cell(spot(result(check()), Standing.STALE))
    assert stale == '<td class="fg-cell fg-cell--stale">stale</td>'
    assert overview.cell(spot(None, Standing.MISSING)) == (
        '<td class="fg-cell fg-cell--missing">'
        '<a href="" data-fg-doc="about/contributing.md">missing</a></td>'
    )
    assert overview.cell(spot(None, Standing.IMPOSSIBLE, place)) == (
        '<td class="fg-cell fg-cell--impossible">'
        '<a href="" data-fg-doc="concepts/routing.md#routing-flask">not possible</a></td>'
    )


def test_totals() -> None:
    assert overview.sentence(3, 7, [Standing.PASSED] * 21, 168) == (
        '<p class="fg-totals">21 snippets of 3 concepts in 7 frameworks, '
        "held to 168 checks: all verified.</p>"
    )
    some = overview.sentence(1, 2, [Standing.PASSED, Standing.STALE], 4)
    assert "1 verified, 1 not" in some
    assert "0 verified, 0 not" in overview.sentence(0, 0, [], 0)


def test_exchanges_are_highlighted_in_no_time() -> None:
    started = time.process_time()
    for number in range(170):
        html_exchange.exchange(exchange(f"/items/{number}", f'{{"id": {number}, "name": "x"}}'))
    assert time.process_time() - started < 0.5
