"""Which addresses may be asked for: none that leads into somebody's own network.

A reading list comes with a stranger's pull request, so its addresses are a stranger's. Names are
resolved here, and the connection goes to the address that was looked at: a second lookup could
answer otherwise (DNS rebinding).
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Collection
from urllib.parse import urlsplit

from .. import notes

PORTS = (80, 443)
"""Others are refused: what listens there is seldom a page, and often somebody's service."""

_NAT64 = ipaddress.ip_network("64:ff9b::/96")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


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
        entries = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise UnresolvedError(notes.unresolved(host)) from None
    addresses = [str(entry[4][0]) for entry in entries]
    if not free:
        for address in addresses:
            if not is_public(ipaddress.ip_address(address.partition("%")[0])):
                raise RefusedError(notes.private(host, address))
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
    """Whether an address is of the public internet, also where it wraps one of IPv4.

    https://www.iana.org/assignments/iana-ipv6-special-registry/ has the wrappings.
    """
    if isinstance(address, ipaddress.IPv6Address):
        wrapped = address.ipv4_mapped or address.sixtofour
        if address in _NAT64:
            wrapped = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if address.teredo is not None:
            return False
        if wrapped is not None:
            return is_public(wrapped)
    return address.is_global and not (address.is_multicast or address.is_reserved)
