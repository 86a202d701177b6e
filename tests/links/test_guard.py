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
    ],
)  # fmt: skip
def test_nobody_sends_us_into_a_private_network(lists: Lists, url: str) -> None:
    one = lists.write(a=url).one()
    assert one.outcome == "missing"
    assert one.answer.refused
    assert one.notes[0].startswith("not asked for: ")


@pytest.mark.parametrize("code", [301, 302, 307])
def test_nor_does_a_redirect(lists: Lists, host: Host, second: Host, code: int) -> None:
    lists.allowed.remove(second.name)
    second.plays_page("/secret", "Metadata", TEXT)
    one = lists.write(a=host.plays_redirect("/a", f"{second.url}/secret", code)).one()
    assert one.answer.refused
    assert not second.asked


@pytest.mark.parametrize(
    "to",
    [
        *("file:///etc/passwd", "ftp://example.org/", "gopher://x/"),
        *("http://user:secret@example.org/", "https://user@example.org/"),
    ],
)
def test_nor_to_another_scheme_or_with_a_user(lists: Lists, host: Host, to: str) -> None:
    one = lists.write(a=host.plays_redirect("/a", to)).one()
    assert one.answer.refused


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


@pytest.mark.parametrize(
    "address",
    [
        "0.1.2.3", "10.1.2.3", "100.127.0.1", "100.100.100.200", "127.9.9.9", "169.254.169.254",
        "172.31.0.1", "192.0.0.1", "192.0.0.8", "192.0.0.170", "192.0.0.192", "192.0.2.1",
        "192.88.99.1", "192.88.99.2", "192.168.0.1", "198.19.0.1", "198.51.100.1", "203.0.113.1",
        "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255", "168.63.129.16",
        "::", "::1", "::1.2.3.4", "::ffff:10.0.0.1", "::ffff:168.63.129.16", "64:ff9b::10.0.0.1",
        "64:ff9b:1::1", "100::1", "100:0:0:1::1", "2001::1", "2001:2::1", "2001:10::1",
        "2001:1::4", "2001:db8::1", "2002:5db8:d822::1", "3fff::1", "3fff:fff::1", "5f00::1",
        "fc00::1", "fd00:ec2::254", "fe80::1", "fec0::1", "ff02::1", "4000::1", "e000::1",
    ],
)  # fmt: skip
def test_special_addresses_are_not_public(address: str) -> None:
    assert not guard.is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address",
    [
        "93.184.216.34", "192.0.0.9", "192.0.0.10", "192.31.196.1", "192.52.193.1", "192.175.48.1",
        "192.0.1.1", "192.88.98.1", "168.63.129.17", "::ffff:93.184.216.34",
        "64:ff9b::93.184.216.34", "2606:2800:220:1::1", "2001:1::1", "2001:1::3", "2001:3::1",
        "2001:4:112::1", "2001:20::1", "2001:30::1", "2001:200::1", "2620:4f:8000::1",
        "3fff:1000::1",
    ],
)  # fmt: skip
def test_public_addresses(address: str) -> None:
    assert guard.is_public(ipaddress.ip_address(address))


def test_a_name_without_an_address(lists: Lists, host: Host) -> None:
    lists.write(a="https://nobody.invalid/a", there=host.plays_page("/b", "B", TEXT))
    one = lists.verdict("a")
    assert (one.outcome, one.notes) == ("failed", ("nobody.invalid has no address",))
