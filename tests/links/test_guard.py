"""Where a stranger's list may not send us."""

from __future__ import annotations

import asyncio
import ipaddress
from typing import Any

import pytest
from link_lists import TEXT, Lists
from playing_server import Host

from fieldguide.links.web import guard


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://0.0.0.0/",
        "http://10.0.0.1/", "http://192.168.1.1/", "http://172.16.0.1/", "http://169.254.169.254/",
        "http://[fe80::1]/", "http://[fd00::1]/", "http://[::ffff:127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/", "http://2130706433/",
        "http://0x7f.1/", "http://100.64.0.1/", "http://224.0.0.1/", "http://255.255.255.255/",
        "http://example.org:22/", "http://example.org:8080/",
        "http://user:secret@example.org/", "https://user@example.org/",
    ],
)  # fmt: skip
def test_nobody_sends_us_into_a_private_network(lists: Lists, url: str) -> None:
    verdict = lists.write(a=url).verdict()
    assert verdict.outcome == "missing"
    assert verdict.answer.refused
    assert verdict.notes[0].startswith("not asked for: ")


@pytest.mark.parametrize("code", [301, 302, 307])
def test_nor_does_a_redirect(lists: Lists, host: Host, second: Host, code: int) -> None:
    lists.allowed.remove(second.name)
    second.plays_page("/secret", "Metadata", TEXT)
    verdict = lists.write(a=host.plays_redirect("/a", f"{second.url}/secret", code)).verdict()
    assert verdict.answer.refused
    assert not second.asked


@pytest.mark.parametrize("to", ["file:///etc/passwd", "ftp://example.org/", "gopher://x/"])
def test_nor_to_another_scheme(lists: Lists, host: Host, to: str) -> None:
    verdict = lists.write(a=host.plays_redirect("/a", to)).verdict()
    assert verdict.answer.refused


def test_a_name_that_answers_with_two_addresses_is_judged_by_both(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def both(*given: Any, **more: Any) -> list[Any]:
        return [(2, 1, 6, "", (address, 80)) for address in ("93.184.216.34", "127.0.0.1")]

    async def ask() -> None:
        monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", both)
        await guard.resolve("http://rebinding.example/")

    with pytest.raises(guard.RefusedError, match=r"127\.0\.0\.1"):
        asyncio.run(ask())


def test_a_second_lookup_has_no_say(
    lists: Lists, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The connection goes to the address that was looked at."""
    looked: list[str] = []
    real = guard.resolve

    async def once(url: str, allowed: Any = ()) -> str:
        looked.append(url)
        return await real(url, allowed)

    monkeypatch.setattr(guard, "resolve", once)
    lists.write(a=host.plays_page("/a", "A", TEXT)).look()
    asked = [fields["Host"] for _, _, fields in host.asked]
    assert len(looked) == len(asked)
    assert set(asked) == {host.name}


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1"])
def test_public_addresses(address: str) -> None:
    assert guard.is_public(ipaddress.ip_address(address))


def test_a_name_without_an_address(lists: Lists) -> None:
    verdict = lists.write(a="https://nobody.invalid/a").verdict()
    assert (verdict.outcome, verdict.notes) == ("failed", ("nobody.invalid has no address",))
