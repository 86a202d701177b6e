"""The line under a fence, and what stands around its code."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from fence_pages import FAILURE, RUN, Facts, Site, fence
from samples import HOSTILE

from fieldguide.model import Failure, Location, Outcome, Result

SITE = Path(__file__).parents[1] / "sites" / "proven"


def test_code_that_ran_has_one_quiet_line(site: Site) -> None:
    plain = site.convert(fence("python"))
    assert site.show(RUN) == (
        f'<div class="fg-fence">{plain}'
        '<p class="fg-ran fg-ran--passed" data-search-exclude>'
        '<span class="fg-badge">Ran</span> <span>Flask 3.1.3, Python 3.13.0</span></p></div>'
    )
    assert "<span>Python 3.13.0</span>" in site.show(fence("python {.run}"))


def test_output_is_labelled_and_not_copied(site: Site) -> None:
    html = site.show(RUN + "\n" + fence("text {.output}", "201 <b>"))
    _, _, output = html.partition("</p></div>\n")
    assert output.startswith(
        '<div class="fg-fence fg-output no-copy"><p class="fg-output__label">Output</p>'
        '<div class="highlight"><pre>'
    )
    assert "201 &lt;b&gt;" in output
    assert "fg-ran" not in output


def test_code_that_is_not_run_says_why(site: Site) -> None:
    html = site.show(fence("python {.norun data-reason='needs `mail` & \"time\" <b>'}"))
    assert (
        '<p class="fg-ran fg-ran--norun" data-search-exclude><span class="fg-badge">Not verified'
        "</span>: needs <code>mail</code> &amp; &quot;time&quot; &lt;b&gt;</p></div>"
    ) in html
    assert "data-reason" not in html
    assert "Not verified</span></p>" in site.show(fence("python {.norun}"))
    both = site.show(fence("python {.run .norun data-reason='slow'}"))
    assert "fg-ran--passed" not in both
    assert "Not verified</span>: slow" in both


def test_code_without_a_result_names_the_command(site: Site) -> None:
    site.write(RUN)
    html = site.convert(RUN)
    assert "fg-ran--unverified" in html
    assert "<code>fieldguide verify docs/concepts/x.md</code>" in html
    untold = site.convert(RUN, told=False)
    assert "<code>fieldguide verify</code>" in untold


def test_a_failure_stands_open_where_the_code_stands(site: Site) -> None:
    html = site.show(RUN + "\n" + fence("text {.output}", "b"), {"print": FAILURE})
    assert (
        '<div class="fg-ran fg-ran--failed" data-search-exclude><p><span class="fg-badge">' in html
    )
    assert "<details" not in html
    assert '<p class="fg-failure__message">expected &quot;b&quot;, got &quot;a&quot;</p>' in html
    assert "<code>docs/concepts/x.md:4</code>" in html
    assert "Ran" not in html


def test_a_group_that_did_not_run_says_why(site: Site) -> None:
    def skipped(result: Result) -> Result:
        reason = "no environment <flask>"
        return replace(result, outcome=Outcome.SKIPPED, checks=(), reason=reason)

    def slow(result: Result) -> Result:
        return replace(result, outcome=Outcome.TIMED_OUT, checks=(), failure=FAILURE)

    site.verify(RUN, change=skipped)
    html = site.convert(RUN)
    assert "fg-ran--skipped" in html
    assert "no environment &lt;flask&gt;" in html
    site.verify(RUN, change=slow)
    html = site.convert(RUN)
    assert '<span class="fg-badge">timed out</span>' in html
    assert "expected &quot;b&quot;" in html


HTTP = """\
POST /a?b=<c> HTTP/1.1
Content-Type: application/json

{"a": 1}

HTTP/1.1 201 Created
Content-Type: application/json

{"id": ...}

GET /a HTTP/1.1

HTTP/1.1 404 Not Found"""


def test_exchanges_are_requests_and_responses(site: Site) -> None:
    html = site.show(fence('http {.run #wire title="T" data-app="routing/flask"}', HTTP))
    assert html.count('<div class="fg-exchange no-copy">') == 2
    assert html.count("fg-exchange__request") == html.count("fg-exchange__response") == 2
    assert "<span>routing/flask</span> <span>Flask 3.1.3, Python 3.13.0</span>" in html
    assert '<div class="fg-exchanges" id="wire">' in html
    assert '<span class="filename">T</span>' in html
    assert "&lt;c&gt;" in html
    assert "&lt;i&gt;" in site.show(fence("http {.run title='<i>'}", HTTP))
    code = Facts(html).code
    assert code.replace("\n", "") == HTTP.replace("\n", "")


@pytest.mark.parametrize(
    ("info", "source"), [("http", HTTP), ("http {.run}", "GET / HTTP/1.1"), ("http {.run}", "x")]
)
def test_other_http_is_a_block_as_ever(site: Site, info: str, source: str) -> None:
    html = site.show(fence(info, source))
    assert site.convert(fence("http", source)) in html
    assert "fg-exchange" not in html


def test_a_session_is_copied_without_prompts_and_output(site: Site) -> None:
    html = site.show(fence("pycon {.run}", ">>> a = '<\"&'\n>>> a\n'x'"))
    assert 'data-copy="a = &#x27;&lt;&quot;&amp;&#x27;&#10;a"' in html
    assert "fg-ran--passed" in html
    html = site.show(fence("console {.norun}", "(.venv) $ ls\na.py"))
    assert ("data-copy", "ls") in Facts(html).attributes
    assert '<span class="gp">$ </span>' in html
    assert "data-copy" not in site.show(fence("console", "no prompt"))


def test_nothing_from_a_result_gets_out(site: Site) -> None:
    failure = Failure(Location(HOSTILE), HOSTILE, HOSTILE, HOSTILE, traceback=HOSTILE)
    site.verify(
        RUN, {"print": failure}, lambda result: replace(result, versions={"python": HOSTILE})
    )
    html = site.convert(RUN)
    Facts(html)
    assert "<img" not in html
    assert "<script" not in html
    assert "\x02" not in html
    assert html.count("&lt;img") == 6
