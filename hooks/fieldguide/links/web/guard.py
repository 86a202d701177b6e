"""Which addresses may be asked for: none that leads into somebody's own network.

A reading list comes with a stranger's pull request, so its addresses are a stranger's. Names are
resolved here, and the connection goes to the address that was looked at: a second lookup could
answer otherwise (DNS rebinding).
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Collection
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

from .. import notes

PORTS = (80, 443)
"""Others are refused: what listens there is seldom a page, and often somebody's service."""

LOOKUP_SECONDS = 15.0

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# The special-purpose addresses of IANA, by its registries; Python's own table is as old as the
# Python. Public is what a registry calls globally reachable ("True": neither "False" nor "N/A"), or
# does not name. The longest prefix decides. The last addition was 100:0:0:1::/64, by RFC 9780.
# https://www.iana.org/assignments/iana-ipv4-special-registry/
# https://www.iana.org/assignments/iana-ipv6-special-registry/
_NOT_REACHABLE = """
0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24
192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24
240.0.0.0/4
100::/64 100:0:0:1::/64 2001::/23 2001:db8::/32 2002::/16 3fff::/20 5f00::/16
"""
_REACHABLE = """
192.0.0.9/32 192.0.0.10/32
2001:1::1/128 2001:1::2/128 2001:1::3/128 2001:3::/32 2001:4:112::/48 2001:20::/28 2001:30::/28
"""
"""Within one of those, and still globally reachable."""
_OTHERS = """
224.0.0.0/4 168.63.129.16/32
"""
"""Not in these registries: multicast, and the address at which Azure's machines reach their own
host, which holds what it is to keep for itself."""


def _networks(text: str) -> tuple[Network, ...]:
    return tuple(ip_network(word) for word in text.split())


_REFUSED = _networks(_NOT_REACHABLE + _OTHERS)
_EXCEPTIONS = _networks(_REACHABLE)
_GLOBAL_UNICAST = IPv6Network("2000::/3")
"""What IANA gives out. All else is special: ``fec0::/10``, ``fc00::/7``, ``::/128`` ..."""
_MAPPED = IPv6Network("::ffff:0:0/96")
_NAT64 = IPv6Network("64:ff9b::/96")


class RefusedError(Exception):
    """This address is not asked for; says why."""


class UnresolvedError(Exception):
    """The name has no address."""


async def resolve(url: str, allowed: Collection[str] = ()) -> str:
    """The IP address to connect to for ``url``; raises `RefusedError` or `UnresolvedError`.

    Args:
        allowed: hosts, as ``host:port``, that may be anywhere and have any port.
    """
    host, port = endpoint(url)
    free = f"{host}:{port}" in allowed
    if not free and port not in PORTS:
        raise RefusedError(notes.port(port))
    try:
        async with asyncio.timeout(LOOKUP_SECONDS):
            entries = await asyncio.get_running_loop().getaddrinfo(
                host, port, type=socket.SOCK_STREAM
            )
    except (OSError, ValueError):  # a TimeoutError is an OSError, a UnicodeError a ValueError
        raise UnresolvedError(notes.unresolved(host)) from None
    addresses = [str(entry[4][0]) for entry in entries]
    if not free:
        for address in addresses:
            if "%" in address or not is_public(ip_address(address)):  # %: of one network
                raise RefusedError(notes.private(host, address))
    if not addresses:
        raise UnresolvedError(notes.unresolved(host))
    return addresses[0]


def endpoint(url: str) -> tuple[str, int]:
    """Host and port of an address; raises `RefusedError` for an address that is never asked."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise RefusedError(notes.NO_ADDRESS) from None
    if parts.scheme not in ("http", "https") or not host:
        raise RefusedError(notes.scheme(parts.scheme))
    if parts.username is not None or parts.password is not None:
        raise RefusedError(notes.WITH_PASSWORD)
    return host, port or (443 if parts.scheme == "https" else 80)


def is_public(address: Address) -> bool:
    """Whether an address is of the public internet, also where it wraps one of IPv4."""
    if isinstance(address, IPv6Address):
        if address in _MAPPED or address in _NAT64:
            return is_public(IPv4Address(int(address) & 0xFFFFFFFF))
        if address not in _GLOBAL_UNICAST:
            return False
    return _within(address, _EXCEPTIONS) or not _within(address, _REFUSED)


def _within(address: Address, networks: tuple[Network, ...]) -> bool:
    return any(address in network for network in networks if network.version == address.version)
