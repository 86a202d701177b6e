"""Exchanges as highlighted HTTP."""

from __future__ import annotations

from dataclasses import replace

from bounded import processor
from samples import exchange, message

from fieldguide.model import (
    Message,
)
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
