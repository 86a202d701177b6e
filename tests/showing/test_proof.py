"""The proof of a snippet: what a reader sees, and what cannot get out of it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from samples import FLASK, HOSTILE, check, deviating, exchange, failed, result
from sound import Sound

from fieldguide.model import (
    Deviation,
    Failure,
    Kind,
    Location,
    Outcome,
    Problem,
    Result,
    Standing,
)
from fieldguide.showing.compare import overview
from fieldguide.showing.evidence import Spot
from fieldguide.showing.html import exchange as html_exchange
from fieldguide.showing.html import failures, marks, run_card
from fieldguide.showing.html import proof as html_proof


def proof(shown: Result, standing: Standing = Standing.PASSED) -> str:
    return str(html_proof.proof(FLASK, "routing/flask", standing, shown))


def digest(shown: Result, standing: Standing = Standing.PASSED) -> str:
    return str(html_proof.digest(FLASK, "routing/flask", standing, shown, "routing/flask.md"))


def test_a_passed_snippet_has_one_line_and_its_exchanges() -> None:
    assert proof(result(check())) == (
        '<details class="fg-proof fg-proof--passed" data-search-exclude="">'
        '<summary><span class="fg-badge">verified</span> '
        '<span class="fg-proof__checks">1 check</span> '
        '<span class="fg-proof__version">Flask 3.1.3</span> '
        '<span class="fg-proof__python">Python 3.13.0</span> '
        '<span class="fg-proof__more">Show the exchanges</span></summary>'
        '<ol class="fg-checks"><li class="fg-check fg-check--passed">'
        '<p class="fg-check__claim"><code>/items/7</code> has the integer 7.</p>'
        "<!--fg-proof-->"
        '<details class="fg-wire" data-search-exclude=""><summary><code>GET /items/7</code> '
        '<code class="fg-wire__status">200 OK</code> '
        "<code>Content-Type: application/json</code></summary>"
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
        '<span class="p">}</span>\n</code></pre></div></div></details>'
        "<!--/fg-proof--></li></ol></details>"
    )


def test_a_failure_says_what_where_and_why_and_is_open() -> None:
    html = proof(
        result(check(), failed(), outcome=Outcome.FAILED, output="printed"), Standing.FAILED
    )
    assert "<details" in html
    assert ' open="">' in html
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
    source = "https://example.org/?a=1&b=2"
    declared = Deviation("test_head", "it has no HEAD", place, source, (405,), "405")
    shown = result(check(), deviating())
    html = html_proof.proof(FLASK, "routing/flask", Standing.DEVIATES, shown, (declared,))
    assert '<span class="fg-badge">deviates</span>' in html
    assert "verified" not in html
    assert "2 checks, 1 deviation" in html
    assert '<li class="fg-check fg-check--deviates">' in html
    assert "Deviates: it has no HEAD" in html
    assert 'href="https://example.org/?a=1&amp;b=2"' in html
    evil = replace(declared, source="javascript:alert(1)")
    again = html_proof.proof(FLASK, "routing/flask", Standing.DEVIATES, shown, (evil,))
    assert "javascript" not in again


@pytest.mark.parametrize("standing", [Standing.UNVERIFIED, Standing.STALE])
def test_old_proof_is_never_shown(standing: Standing) -> None:
    html = proof(result(check()), standing)
    assert "fg-exchange" not in html
    assert "<code>fieldguide verify routing/flask</code>" in html


def test_nothing_from_a_snippet_gets_out() -> None:
    bad = Failure(Location(HOSTILE), HOSTILE, HOSTILE, HOSTILE, None, HOSTILE)
    shown = result(
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
        proof(shown, Standing.FAILED),
        html_exchange.exchange(header),
        run_card.install(shown.versions),
        marks.gap(framework),
        marks.problem(problem),
        html_proof.contract([check.check for check in shown.checks]),
        failures.failure(bad),
        overview.cell(spot(shown, Standing.FAILED, HOSTILE)),
    ]
    for html in htmls:
        sound = Sound(html)
        assert not sound.tags & {"script", "img"}
        assert not [name for name in sound.attributes if name.startswith("on")]
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]", html)
        html.encode("utf-8")


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


def test_a_check_that_is_left_out_says_why() -> None:
    out = replace(check(outcome=Outcome.SKIPPED), left_out="no TLS here")
    html = html_proof.proof(FLASK, "routing/flask", Standing.PASSED, result(check(), out), ())
    assert "2 checks, 1 left out" in html
    assert "Left out: no TLS here" in html


def test_a_digest_has_a_row_a_check_that_leads_to_its_exchanges() -> None:
    assert digest(result(check())) == (
        '<details class="fg-proof fg-proof--passed fg-digest" data-search-exclude="">'
        '<summary><span class="fg-badge">verified</span> '
        '<span class="fg-proof__checks">1 check</span> '
        '<span class="fg-proof__version">Flask 3.1.3</span> '
        '<span class="fg-proof__python">Python 3.13.0</span> '
        '<span class="fg-proof__more">Show the checks</span></summary>'
        '<ol class="fg-checks"><li class="fg-check fg-check--passed">'
        '<p class="fg-check__claim"><a href="" data-fg-doc="routing/flask.md#converts">'
        "<code>/items/7</code> has the integer 7.</a></p>"
        '<p class="fg-check__wire"><code>GET /items/7</code> '
        '<code class="fg-wire__status">200 OK</code> '
        "<code>Content-Type: application/json</code></p></li></ol></details>"
    )
