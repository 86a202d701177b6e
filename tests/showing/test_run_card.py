"""How a reader installs, starts and serves a snippet."""

from __future__ import annotations

from fieldguide.showing.html import run_card


def test_the_install_line_pins_what_is_imported() -> None:
    html = run_card.install({"python": "3.13.0", "pyramid": "2.1", "pyramid-jinja2": "2.10.1"})
    assert "<code>pip install &quot;pyramid==2.1&quot; &quot;pyramid-jinja2==2.10.1&quot;" in html
    assert run_card.install({"python": "3.13.0"}) == ""
