"""Asking for one address: HEAD and GET, redirects, what breaks off, bounds, certificates."""

from __future__ import annotations

import gzip
import ssl
from email.utils import formatdate
from pathlib import Path
from time import sleep, time

import pytest
import trustme
from link_lists import TEXT, Lists
from playing_server import Host, Request

from fieldguide.links.web import body, fetch, fields


def test_a_file_that_is_no_page_is_asked_for_by_head_alone(lists: Lists, host: Host) -> None:
    host.plays["/a.pdf"] = lambda r: r.answer(200, b"%PDF", content_type="application/pdf")
    lists.write(a=f"{host.url}/a.pdf")
    assert lists.one().outcome == "alive"
    assert [method for method, path, _ in host.asked if path == "/a.pdf"] == ["HEAD"]


@pytest.mark.parametrize("code", [403, 404, 405, 500, 501])
def test_a_server_that_dislikes_head_is_asked_by_get(lists: Lists, host: Host, code: int) -> None:
    def play(request: Request) -> None:
        request.answer(code if request.command == "HEAD" else 200, "<title>Here</title>")

    host.plays["/a"] = play
    lists.write(a=f"{host.url}/a")
    assert lists.one().outcome == "alive"


@pytest.mark.parametrize(
    ("code", "outcome"), [(301, "moved"), (308, "moved"), (302, "alive"), (307, "alive")]
)
def test_only_what_moved_for_good_has_moved(
    lists: Lists, host: Host, code: int, outcome: str
) -> None:
    host.plays_page("/new/a", "Handlers", TEXT)
    lists.write(a=host.plays_redirect("/old/a", "/new/a", code))
    one = lists.one()
    assert one.outcome == outcome
    assert one.replacement == (f"{host.url}/new/a" if outcome == "moved" else None)


def test_one_temporary_redirect_on_the_way_is_enough(lists: Lists, host: Host) -> None:
    host.plays_page("/c", "Handlers", TEXT)
    host.plays_redirect("/b", "/c", 302)
    assert lists.write(a=host.plays_redirect("/a", "/b", 301)).one().outcome == "alive"


def test_redirects_in_a_circle(lists: Lists, host: Host) -> None:
    host.plays_redirect("/b", "/a")
    one = lists.write(a=host.plays_redirect("/a", "/b")).one()
    assert (one.outcome, one.notes) == ("failed", ("its redirects lead in a circle",))


def test_redirects_without_end(lists: Lists, host: Host) -> None:
    host.otherwise = lambda r: r.answer(302, location=f"/{int(r.path.strip('/') or 0) + 1}")
    one = lists.write(a=f"{host.url}/1").one()
    assert one.outcome == "failed"
    assert host.counts.total() < 2 * fetch.MAX_REDIRECTS + 10


def test_retry_after_is_waited_for(lists: Lists, host: Host) -> None:
    def play(request: Request) -> None:
        busy = host.counts["/a"] == 1
        request.answer(429 if busy else 200, "<title>A</title>", retry_after="1")

    host.plays["/a"] = play
    started = time()
    assert lists.write(a=f"{host.url}/a").one().outcome == "alive"
    assert time() - started >= 1


def test_retry_after_may_be_a_date() -> None:
    wait = fields.retry_after(formatdate(time() + 20, usegmt=True))
    assert wait is not None
    assert 15 < wait < 21
    assert fields.retry_after("soon") is None


def test_a_connection_that_is_cut_is_tried_again(lists: Lists, host: Host) -> None:
    def play(request: Request) -> None:
        if host.counts["/a"] < 3:
            request.reset()
        else:
            request.answer(200, "<title>A</title>")

    host.plays["/a"] = play
    assert lists.write(a=f"{host.url}/a").one().outcome == "alive"


def test_a_connection_that_is_always_cut(lists: Lists, host: Host) -> None:
    host.plays["/a"] = lambda request: request.reset()
    one = lists.write(a=f"{host.url}/a").one()
    assert one.outcome == "failed"
    assert host.counts["/a"] == fetch.RETRIES + 1


def test_nobody_listens(lists: Lists, host: Host) -> None:
    lists.allowed.append("127.0.0.9:9")
    lists.write(a="http://127.0.0.9:9/a", there=host.plays_page("/b", "B", TEXT))
    one = lists.verdict("a")
    assert (one.outcome, one.notes) == ("failed", ("no connection can be made",))


def test_a_server_that_never_ends(
    lists: Lists, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetch, "RETRIES", 0)
    ended: list[str] = []

    def head(request: Request) -> None:
        # From now on, so that the host's rules have come, however busy the machine is.
        monkeypatch.setattr(fetch, "TOTAL_SECONDS", 0.3)
        request.answer(200, "<p>x")

    def drip(request: Request) -> None:
        request.send_response(200)
        request.send_header("content-type", "text/html")
        request.end_headers()
        for _ in range(600):
            request.wfile.write(b"<p>")
            sleep(0.1)
        ended.append(request.path)

    host.plays["/a"] = lambda request: drip(request) if request.command == "GET" else head(request)
    one = lists.write(a=f"{host.url}/a").one()
    assert one.outcome == "failed"
    assert ended == []


def test_a_huge_body_is_read_no_further_than_needed(lists: Lists, host: Host) -> None:
    sent = 0

    def pour(request: Request) -> None:
        nonlocal sent
        request.send_response(200)
        request.send_header("content-type", "text/html")
        request.send_header("connection", "close")
        request.end_headers()
        if request.command == "GET":
            request.wfile.write(f"<title>Big</title>{TEXT}".encode())
            for _ in range(500):
                request.wfile.write(b"x" * 100_000)
                sent += 100_000
        request.close_connection = True

    host.plays["/a"] = pour
    assert lists.write(a=f"{host.url}/a").one().outcome == "alive"
    assert sent < 20_000_000


def test_a_small_body_that_unpacks_to_a_huge_one(lists: Lists, host: Host) -> None:
    bomb = gzip.compress(b"<title>Small</title>" + b"x" * 20_000_000)
    host.plays["/a"] = lambda request: request.answer(200, bomb, content_encoding="gzip")
    content, doubt = body.unpacked(bomb, "gzip")
    assert (len(content), doubt) == (body.MAX_BYTES, "more than 2 MiB of it are not read")
    assert lists.write(a=f"{host.url}/a").one().outcome == "alive"
    assert lists.seen()["a"]["title"] == "Small"


def _tls(*names: str) -> tuple[ssl.SSLContext, trustme.CA]:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names).configure_cert(context)
    return context, authority


def test_a_certificate_that_nobody_trusts(lists: Lists, second: Host) -> None:
    server, _ = _tls("127.0.0.3")
    with Host(3, server) as host:
        lists.allowed.append(host.name)
        lists.write(a=f"{host.url}/a", there=second.plays_page("/b", "B", TEXT))
        one = lists.verdict("a")
        host.shutdown()
    assert one.outcome == "failed"
    assert one.notes[0].startswith("its certificate does not hold")


@pytest.mark.parametrize(("name", "outcome"), [("localhost", "alive"), ("example.org", "failed")])
def test_the_certificate_is_held_against_the_name_not_the_address(
    lists: Lists, second: Host, name: str, outcome: str
) -> None:
    server, authority = _tls(name)
    trusting = ssl.create_default_context()
    authority.configure_trust(trusting)
    with Host(1, server) as host:
        port = host.server_address[1]
        host.plays_page("/a", "A", TEXT)
        lists.allowed.append(f"localhost:{port}")
        there = second.plays_page("/b", "B", TEXT)
        one = lists.write(a=f"https://localhost:{port}/a", there=there).verdict(
            "a", context=trusting
        )
        host.shutdown()
    assert one.outcome == outcome


def test_nothing_of_ours_is_sent(
    lists: Lists, host: Host, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login me password secret\n")
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.9:9")
    host.plays["/b"] = lambda r: r.answer(200, "<title>B</title>")
    host.plays["/a"] = lambda r: r.answer(302, location="/b", set_cookie="id=1; Path=/")
    lists.write(a=f"{host.url}/a").look()
    for _, _, sent in host.asked:
        assert not {"Authorization", "Cookie", "Referer"} & sent.keys()
        assert sent["User-Agent"].startswith("fieldguide-links/")
