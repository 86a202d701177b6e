"""The cookies that a client keeps: which, for how long, and for which paths."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from one_server import Server

from fieldguide.worker.http.client import Client

Jar = Callable[..., str | None]


@pytest.fixture
def jar() -> Jar:
    """The Cookie header of a second request, after cookies from a first one."""

    def cookies(*headers: str, first: str = "/", second: str = "/") -> str | None:
        server = Server((200, [("Set-Cookie", header) for header in headers]), (200, []))
        client = Client(server)
        client.get(first)
        client.get(second)
        return server.seen[1].headers.get("Cookie")

    return cookies


@pytest.mark.parametrize(
    ("headers", "wanted"),
    [
        (["a=1"], "a=1"),
        (["a=1; Path=/; HttpOnly; SameSite=Lax"], "a=1"),
        (["a=1", "b=2"], "a=1; b=2"),
        (["a=1", "a=2"], "a=2"),
        (["a=1; Max-Age=60"], "a=1"),
        (["a=1", "a=; Max-Age=0"], None),
        (["a=1; Max-Age=-1"], None),
        (["a=1; Max-Age=00"], None),
        (["a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT"], None),
        (["a=1; Expires=Fri, 31 Dec 9999 23:59:59 GMT"], "a=1"),
        (["a=1; Expires=whenever"], "a=1"),
        (["a=1; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT"], "a=1"),
        (["a=1; Secure"], None),
        (["a=1; Domain=localhost"], "a=1"),
        (["a=1; Domain=elsewhere.example"], None),
        (["a=1; Partitioned; Priority=High"], "a=1"),
        (['a="b c"; Path=/'], 'a="b c"'),
        (["a=b=c"], "a=b=c"),
        (["a={x: [1]}"], "a={x: [1]}"),
        (["nonsense"], None),
        (["=1"], None),
        ([""], None),
    ],
)
def test_cookies(jar: Jar, headers: list[str], wanted: str | None) -> None:
    assert jar(*headers) == wanted


@pytest.mark.parametrize(
    ("path", "first", "second", "kept"),
    [
        ("/a", "/", "/a", True),
        ("/a", "/", "/a/b?c", True),
        ("/a", "/", "/ab", False),
        ("/a", "/", "/", False),
        ("/a/", "/", "/a/b", True),
        ("/", "/a/b", "/c", True),
        (None, "/a/b", "/a/c", True),
        (None, "/a/b", "/c", False),
        (None, "/login?next=/x/y", "/c", True),
    ],
)
def test_paths_of_cookies(jar: Jar, path: str | None, first: str, second: str, kept: bool) -> None:
    header = "a=1" + (f"; Path={path}" if path else "")
    assert jar(header, first=first, second=second) == ("a=1" if kept else None)


def test_the_longest_path_comes_first(jar: Jar) -> None:
    assert jar("a=1; Path=/", "a=2; Path=/b", second="/b/c") == "a=2; a=1"


def test_a_new_client_has_no_cookies() -> None:
    server = Server((200, [("Set-Cookie", "a=1")]))
    Client(server).get("/")
    Client(server).get("/")
    assert "Cookie" not in server.seen[1].headers
