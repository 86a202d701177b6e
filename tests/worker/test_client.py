"""The client: what it sends, what it keeps, what it records."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

import pytest

from fieldguide.worker.http.client import Client
from fieldguide.worker.http.messages import SHOWN_BYTES, Headers, Request, Response

Fields = list[tuple[str, str]]


class Server:
    """Answers with what it is told, and keeps the requests."""

    def __init__(self, *answers: tuple[int, Fields] | Response) -> None:
        self.answers = list(answers)
        self.seen: list[Request] = []

    def __call__(self, request: Request) -> Response:
        self.seen.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return (
            answer
            if isinstance(answer, Response)
            else Response(answer[0], "", Headers(answer[1]), b"")
        )


def sent(method: str = "get", target: str = "/", **options: Any) -> Request:
    """The request that a call makes."""
    server = Server((200, []))
    getattr(Client(server), method)(target, **options)
    return server.seen[0]


def answer(body: bytes = b"", *fields: tuple[str, str]) -> Response:
    return Client(Server(Response(200, "OK", Headers(fields), body))).get("/")


@pytest.mark.parametrize("method", ["get", "head", "post", "put", "patch", "delete", "options"])
def test_methods(method: str) -> None:
    assert sent(method).method == method.upper()


@pytest.mark.parametrize(
    ("target", "query", "wanted"),
    [
        ("/", None, "/"),
        ("/a b", None, "/a%20b"),
        ("/zoë", None, "/zo%C3%AB"),
        ("/zo%C3%AB", None, "/zo%C3%AB"),
        ("/a%2Fb", None, "/a%2Fb"),
        ("/a\r\nX: y", None, "/a%0D%0AX:%20y"),
        ("/a#b", None, "/a%23b"),
        ("/", {"name": "Zoë"}, "/?name=Zo%C3%AB"),
        ("/?a=1", {"b": 2}, "/?a=1&b=2"),
        ("/", {"a": ["1", "2"]}, "/?a=1&a=2"),
        ("/", [("a", "1"), ("b", "&=?"), ("a", "")], "/?a=1&b=%26%3D%3F&a="),
        ("/", {}, "/"),
    ],
)
def test_the_target(target: str, query: Any, wanted: str) -> None:
    request = sent(target=target, query=query)
    assert request.target == wanted
    assert request.target.isascii()


def test_a_target_starts_with_a_slash() -> None:
    with pytest.raises(ValueError, match='a target starts with "/"'):
        sent(target="http://elsewhere/")


def test_a_form() -> None:
    request = sent("post", form={"name": "Zoë", "tag": ["a", "b&c"]})
    assert request.headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert parse_qs(request.body.decode("ascii")) == {"name": ["Zoë"], "tag": ["a", "b&c"]}
    assert request.headers["Content-Length"] == str(len(request.body))


@pytest.mark.parametrize("value", [None, 0, "", [], {"name": "Zoë"}])
def test_json(value: Any) -> None:
    request = sent("put", json=value)
    assert request.headers["Content-Type"] == "application/json"
    assert json.loads(request.body) == value


def test_a_body_of_text_is_utf_8_and_has_no_type() -> None:
    request = sent("post", body="zoë")
    assert request.body == b"zo\xc3\xab"
    assert "Content-Type" not in request.headers


def test_one_body_only() -> None:
    with pytest.raises(ValueError, match="one body"):
        sent("post", form={"a": "1"}, json={})


def test_files() -> None:
    content = bytes(range(256))
    request = sent(
        "post",
        form={"title": "Zoë"},
        files={"cover": ('a "b"\r\n.png', content, "image/png")},
    )
    kind, _, boundary = request.headers["Content-Type"].partition("; boundary=")
    assert kind == "multipart/form-data"
    first, second = (
        part.strip(b"-").removeprefix(b"\r\n").removesuffix(b"\r\n")
        for part in request.body.split(b"--" + boundary.encode())[1:3]
    )
    assert first == 'Content-Disposition: form-data; name="title"\r\n\r\nZoë'.encode()
    head, _, body = second.partition(b"\r\n\r\n")
    assert body == content
    assert head.split(b"\r\n") == [
        b'Content-Disposition: form-data; name="cover"; filename="a %22b%22%0D%0A.png"',
        b"Content-Type: image/png",
    ]
    assert request.body.endswith(b"--" + boundary.encode() + b"--\r\n")


@pytest.mark.parametrize(
    ("method", "body", "length"),
    [("get", None, None), ("post", None, "0"), ("delete", None, None), ("delete", b"x", "1")],
)
def test_the_length_is_sent_where_a_body_may_be(method: str, body: Any, length: Any) -> None:
    assert sent(method, body=body).headers.get("Content-Length") == length


def test_headers_may_be_repeated() -> None:
    request = sent("get", headers=[("X-One", "1"), ("accept", "a/b"), ("X-One", "2")])
    assert request.headers.get_all("X-One") == ["1", "2"]
    assert request.headers.get_all("Accept") == ["a/b"]


def test_own_headers_win_in_any_case() -> None:
    request = sent("post", headers={"content-type": "text/csv", "ACCEPT": "text/html"}, json=1)
    assert request.headers.get_all("Content-Type") == ["text/csv"]
    assert request.headers.get_all("Accept") == ["text/html"]
    assert request.headers["Host"] == "localhost"


@pytest.mark.parametrize("value", ["a\r\nb", "a\0", "€"])
def test_a_header_that_cannot_be_sent(value: str) -> None:
    with pytest.raises(ValueError, match="one line of Latin-1"):
        sent(headers={"X": value})


def test_headers_ignore_case_and_keep_repetitions() -> None:
    headers = answer(b"", ("Vary", "A"), ("vary", "B"), ("X", "1")).headers
    assert headers["VARY"] == "A, B"
    assert headers.get_all("Vary") == ["A", "B"]
    assert "x" in headers
    assert "Y" not in headers
    assert headers.get("Y", "none") == "none"
    with pytest.raises(AssertionError, match="expected a header Y, got none"):
        headers["Y"]


@pytest.mark.parametrize(
    ("content_type", "media_type", "charset"),
    [
        ('text/HTML; Charset="UTF-8"', "text/html", "utf-8"),
        ("text/plain;format=flowed;charset=latin-1", "text/plain", "latin-1"),
        ("application/json", "application/json", None),
        ("", "", None),
    ],
)
def test_the_type(content_type: str, media_type: str, charset: str | None) -> None:
    response = answer(b"", ("Content-Type", content_type))
    assert (response.media_type, response.charset) == (media_type, charset)


def test_text_is_read_in_its_charset() -> None:
    assert answer(b"zo\xeb", ("Content-Type", "text/plain; charset=latin-1")).text == "zoë"
    assert answer(b"zo\xc3\xab").text == "zoë"
    for kind in ("text/plain; charset=nonsense", "text/plain", "text/plain; charset=hex"):
        with pytest.raises(AssertionError, match="expected a body of text"):
            _ = answer(b"zo\xeb", ("Content-Type", kind)).text


def test_html_where_json_belongs() -> None:
    page = answer(b"<h1>Not Found</h1>", ("Content-Type", "text/html; charset=utf-8"))
    with pytest.raises(AssertionError) as caught:
        page.json()
    assert str(caught.value).startswith(
        "expected a JSON body, got b'<h1>Not Found</h1>' (text/html): "
    )
    with pytest.raises(AssertionError, match=r"got b'' \(no type\)"):
        answer().json()


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


def follow(status: int, location: str, method: str = "get", **options: Any) -> list[Request]:
    server = Server((status, [("Location", location)]), (200, []))
    getattr(Client(server), method)("/a/b?c", follow=True, **options)
    return server.seen


def test_redirects_are_followed_only_when_asked() -> None:
    server = Server((302, [("Location", "/b")]))
    assert Client(server).get("/").status == 302
    assert len(server.seen) == 1


@pytest.mark.parametrize(
    ("location", "target"),
    [
        ("/x", "/x"),
        ("x", "/a/x"),
        ("?d", "/a/b?d"),
        ("http://localhost/x?y#z", "/x?y"),
        ("http://localhost", "/"),
        ("//localhost/x", "/x"),
        ("/zo\xc3\xab", "/zo%C3%AB"),
    ],
)
def test_where_a_redirect_leads(location: str, target: str) -> None:
    assert follow(302, location)[1].target == target


@pytest.mark.parametrize(
    ("status", "method", "then", "body"),
    [
        (301, "post", "GET", b""),
        (302, "post", "GET", b""),
        (302, "put", "PUT", b"x"),
        (303, "post", "GET", b""),
        (303, "put", "GET", b""),
        (303, "head", "HEAD", b""),
        (307, "post", "POST", b"x"),
        (308, "post", "POST", b"x"),
    ],
)
def test_the_method_after_a_redirect(status: int, method: str, then: str, body: bytes) -> None:
    content = None if method == "head" else b"x"
    headers = {"Content-Type": "text/csv", "X-Kept": "1"}
    second = follow(status, "/x", method, body=content, headers=headers)[1]
    assert (second.method, second.body) == (then, body)
    assert ("Content-Type" in second.headers) is (then not in ("GET", "HEAD"))
    assert ("Content-Length" in second.headers) is (then not in ("GET", "HEAD"))
    assert second.headers["X-Kept"] == "1"


def test_a_redirect_keeps_cookies() -> None:
    answers = [(303, [("Location", "/x"), ("Set-Cookie", "a=1")]), (200, [])]
    server = Server(*answers)
    Client(server).post("/login", form={"name": "Zoë"}, follow=True)
    assert server.seen[1].headers["Cookie"] == "a=1"


@pytest.mark.parametrize(
    "location", ["http://elsewhere.example/", "//elsewhere.example/", "https://localhost/"]
)
def test_another_host_is_not_followed(location: str) -> None:
    with pytest.raises(AssertionError, match=r"expected a redirect on http://localhost, got "):
        follow(302, location)


def test_a_loop_ends() -> None:
    server = Server((302, [("Location", "/")]))
    with pytest.raises(AssertionError, match="at most 20 redirects"):
        Client(server).get("/", follow=True)
    assert len(server.seen) == 21


@pytest.mark.parametrize("status", [200, 201, 304])
def test_a_location_elsewhere_is_no_redirect(status: int) -> None:
    assert len(follow(status, "/x")) == 1


def recorded(body: bytes) -> dict[str, Any]:
    client = Client(Server(Response(200, "OK", Headers([("X", "1"), ("X", "2")]), body)))
    client.post("/zoë", body="né")
    (exchange,) = client.exchanges
    assert json.loads(json.dumps(exchange)) == {
        side: {**message, "headers": [list(field) for field in message["headers"]]}
        for side, message in exchange.items()
    }
    assert exchange["request"]["start"] == "POST /zo%C3%AB HTTP/1.1"
    assert exchange["request"]["body"] == "né"
    assert exchange["response"]["start"] == "HTTP/1.1 200 OK"
    assert exchange["response"]["headers"] == [("X", "1"), ("X", "2")]
    return dict(exchange["response"])


@pytest.mark.parametrize(
    ("body", "text", "binary"),
    [
        (b"", "", False),
        ("zoë".encode(), "zoë", False),
        (b"zo\xeb", base64.b64encode(b"zo\xeb").decode(), True),
        (b"zo\xc3", base64.b64encode(b"zo\xc3").decode(), True),
        (b"a" * SHOWN_BYTES, "a" * SHOWN_BYTES, False),
        (b"a" * (SHOWN_BYTES + 9), "a" * SHOWN_BYTES, False),
        (b"a" + "ë".encode() * SHOWN_BYTES, "a" + "ë" * (SHOWN_BYTES // 2 - 1), False),
        (b"\xff" * 50_000, base64.b64encode(b"\xff" * SHOWN_BYTES).decode(), True),
    ],
    ids=["empty", "text", "binary", "half-a-character", "full", "cut", "cut-inside", "cut-binary"],
)
def test_what_is_recorded(body: bytes, text: str, binary: bool) -> None:
    message = recorded(body)
    assert message["body"] == text
    assert message["binary"] is binary
    assert message["size"] == len(body)
