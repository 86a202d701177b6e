"""A failure on a page: what went wrong, where, and what was printed."""

from __future__ import annotations

from fieldguide.model import Failure, Location
from fieldguide.showing.html.failures import failure, printed, reason


def test_a_failure_shows_what_it_knows_and_no_more() -> None:
    assert failure(Failure(Location("app.py"), "it has no app")) == (
        '<div class="fg-failure"><p class="fg-failure__message">it has no app</p>'
        '<p class="fg-failure__location"><code>app.py</code></p></div>'
    )


def test_both_places_and_values_are_shown() -> None:
    shown = failure(
        Failure(
            Location("app.py", 3), "m", "1", "", Location("contract.py", 9), "trace", next="do it"
        )
    )
    assert "<code>app.py:3</code>, <code>contract.py:9</code>" in shown
    assert "<dt>Expected</dt><dd><code>1</code></dd><dt>Actual</dt><dd><code></code></dd>" in shown
    assert '<p class="fg-failure__next">Next: do it.</p>' in shown
    assert '<pre class="fg-failure__traceback"><code>trace</code></pre>' in shown


def test_the_end_of_a_long_text_is_shown() -> None:
    text = "\n".join(f"line {number}" for number in range(40))
    shown = printed("output", text)
    assert shown is not None
    assert "line 39" in shown
    assert "line 27" not in shown
    assert "28 lines before" in shown
    assert printed("output", " \n") is None


def test_a_reason_is_one_line() -> None:
    assert reason("a < b") == (
        '<div class="fg-failure"><p class="fg-failure__message">a &lt; b</p></div>'
    )
