"""How a reader installs, starts and serves a snippet."""

from __future__ import annotations

from fieldguide.showing.html import run_card


def test_the_install_line_pins_what_is_imported() -> None:
    html = run_card.install({"python": "3.13.0", "pyramid": "2.1", "pyramid-jinja2": "2.10.1"})
    assert "<code>pip install &quot;pyramid==2.1&quot; &quot;pyramid-jinja2==2.10.1&quot;" in html
    assert run_card.install({"python": "3.13.0"}) == ""


def test_what_deviates_did_not_pass_under_a_server_either() -> None:
    """It gave the same results, some of which may be deviations."""
    html = run_card.production("gunicorn", "gunicorn 27.0.1")
    assert "Same results under gunicorn 27.0.1." in html
    assert "passed" not in html
    assert "Same results" not in run_card.production("gunicorn", "")
