"""Exchanges as highlighted HTTP."""

from __future__ import annotations

from dataclasses import replace

import pytest
from bounded import processor
from samples import check, exchange, message

from fieldguide.model import Exchange, Message
from fieldguide.showing.html import exchange as html_exchange


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


def test_exchanges_are_highlighted_in_no_time() -> None:
    with processor():
        for number in range(170):
            html_exchange.exchange(exchange(f"/items/{number}", f'{{"id": {number}, "name": "x"}}'))


def test_whose_exchange_it_is_stands_above_it() -> None:
    note = html_exchange.exchange(replace(exchange(), note="visitor 2 <b>"))
    assert note.startswith('<p class="fg-exchange__note">visitor 2 &lt;b&gt;</p><div class=')
    assert "fg-exchange__note" not in html_exchange.exchange(exchange())


def recorded(start: str, status: str) -> Exchange:
    return Exchange(message(start), message(f"HTTP/1.1 {status}"))


@pytest.mark.parametrize(
    ("claim", "decides"),
    [
        ("A missing page is `404`.", "GET /missing HTTP/1.1"),
        ("What is sent is kept.", "POST /items HTTP/1.1"),
    ],
)
def test_the_exchange_that_decides(claim: str, decides: str) -> None:
    """The one with the status that is claimed; else the last that changes something."""
    exchanges = (
        recorded("GET / HTTP/1.1", "200 OK"),
        recorded("GET /missing HTTP/1.1", "404 Not Found"),
        recorded("POST /items HTTP/1.1", "201 Created"),
        recorded("GET /items HTTP/1.1", "200 OK"),
    )
    chosen = html_exchange.deciding(check(claim=claim, exchanges=exchanges))
    assert chosen is not None
    assert chosen.request.start == decides
    assert html_exchange.deciding(check(exchanges=())) is None


def test_the_line_of_an_exchange_has_the_header_that_tells_most_and_is_no_longer_than_a_line() -> (
    None
):
    answer = message("HTTP/1.1 303 See Other", "", **{"Content-Type": "text/html", "Location": "/"})
    brief = html_exchange.brief(Exchange(message(f"GET /{'x' * 200} HTTP/1.1"), answer))
    assert "<code>Location: /</code>" in brief
    assert "Content-Type" not in brief
    assert "…</code>" in brief
    assert len(brief) < 250
