"""Living pages that a checker of links must not condemn: only a whole page tells what is gone."""

from __future__ import annotations

import gzip
import zlib
from datetime import date

import pytest
from link_lists import TEXT, Lists
from playing_server import Host, Request

from fieldguide.links import wording
from fieldguide.links.web import places

PAGE = f'<title>Handlers</title><h1>Handlers</h1><p id="intro">{TEXT}'


@pytest.mark.parametrize(
    ("fragment", "outcome"),
    [
        ("top", "alive"),
        ("TOP", "alive"),
        ("intro", "alive"),
        ("intro:~:text=handler", "alive"),
        (":~:text=handler", "alive"),
        ("usage", "alive"),
        ("Usage", "alive"),
        ("%C3%BCber", "alive"),
        ("named", "alive"),
        ("L10-L20", "alive"),
        ("/guide", "unknown"),
        ("!/guide", "unknown"),
        ("!guide", "unknown"),
        ("nowhere", "missing"),
        ("nowhere:~:text=handler", "missing"),
    ],
)
def test_a_place(lists: Lists, host: Host, fragment: str, outcome: str) -> None:
    body = f'{PAGE}<h2 id="user-content-usage">Usage</h2><h2 id="über">Ü</h2><a name=named></a>'
    host.plays["/a"] = lambda request: request.answer(200, body)
    found = lists.write(a=f"{host.url}/a#{fragment}").look()
    assert found.verdicts[0].outcome == outcome
    assert wording.status(found) == (1 if outcome == "missing" else 0)


PACKED = {
    "br": (b"\x1b\xff\x0f\x00", "br"),
    "deflate": (zlib.compress(PAGE.encode()), "deflate"),
    "two members": (gzip.compress(PAGE.encode()) + gzip.compress(b"<p id=x>more"), "gzip"),
    "twice": (gzip.compress(gzip.compress(PAGE.encode())), "gzip, gzip"),
    "half": (gzip.compress(PAGE.encode())[:-20], "gzip"),
    "not at all": (PAGE.encode(), "gzip"),
    "a name of its own": (PAGE.encode(), "x-secret"),
}


@pytest.mark.parametrize("kind", PACKED)
def test_what_cannot_be_unpacked_whole_does_not_tell_what_is_gone(
    lists: Lists, host: Host, kind: str
) -> None:
    body, encoding = PACKED[kind]
    host.plays["/a"] = lambda request: request.answer(200, body, content_encoding=encoding)
    assert lists.write(a=f"{host.url}/a#x").one().outcome == "unknown"


OTHERS = {
    "a challenge": "<title>Just a moment...</title><h1>example.org</h1>",
    "a challenge by its program": "<title>a</title><script>window._cf_chl_opt={}</script>",
    "a challenge in words": "<title>example.org</title><p>Verify that you are human.",
    "a wall of scripts": "<title>a</title><noscript>Please enable JavaScript</noscript>",
    "a captcha": "<title>a</title><div class=h-captcha></div>",
    "a stub": '<title>Moved</title><meta http-equiv="refresh" content="0; url=/new">',
    "a stub in capitals": "<title>Moved</title><META HTTP-EQUIV=Refresh CONTENT=3;URL=/new>",
    "a program": "<title>App</title><div id=root></div><script src=app.js></script>",
    "frames": "<title>Docs</title><frameset><frame src=a.html></frameset>",
    "nothing": "",
}


@pytest.mark.parametrize("kind", OTHERS)
def test_a_page_that_stands_for_another_does_not_tell_what_is_gone(
    lists: Lists, host: Host, kind: str
) -> None:
    html = OTHERS[kind]
    host.plays["/a"] = lambda r: r.answer(200, html, content_type="text/html")
    assert lists.write(a=f"{host.url}/a#x").one().outcome == "unknown"


def test_a_challenge_is_not_the_page_and_its_title_not_the_pages(lists: Lists, host: Host) -> None:
    lists.write(a=host.plays_page("/a", "Handlers explained", TEXT)).look()
    host.plays["/a"] = lambda request: request.answer(200, OTHERS["a challenge"])
    assert lists.one(day=date(2026, 11, 27)).outcome == "unknown"
    assert lists.seen()["a"]["title"] == "Handlers explained"


@pytest.mark.parametrize("code", [200, 403, 404, 410, 429, 503])
def test_a_challenge_by_its_field_says_nothing(lists: Lists, host: Host, code: int) -> None:
    host.plays["/a"] = lambda r: r.answer(
        code, "<title>Not found</title>", cf_mitigated="challenge"
    )
    one = lists.write(a=f"{host.url}/a").one()
    assert one.outcome == "unknown"
    assert "strikes" not in lists.seen()["a"]


def test_a_place_after_what_is_read_may_be_there(lists: Lists, host: Host) -> None:
    body = PAGE + "<p>more words" * 200_000 + '<p id="end">'
    host.plays["/a"] = lambda request: request.answer(200, body)
    one = lists.write(a=f"{host.url}/a#end").one()
    assert one.outcome == "unknown"
    assert "more than 2 MiB of it are not read" in one.notes[0]
    lists.write(a=f"{host.url}/a#intro")
    assert lists.one(again=True).outcome == "alive"


@pytest.mark.parametrize(
    ("charset", "encoding", "outcome"),
    [
        ("iso-8859-1", "latin-1", "alive"),
        ("windows-1251", "cp1251", "alive"),
        ("utf-16", "utf-16", "alive"),
        ("", "utf-8", "alive"),
        ("utf-8", "latin-1", "unknown"),
        ("x-mac-klingon", "utf-8", "unknown"),
        ("zlib", "utf-8", "unknown"),
    ],
)
def test_a_place_in_letters_of_its_own(
    lists: Lists, host: Host, charset: str, encoding: str, outcome: str
) -> None:
    name = "глава" if charset == "windows-1251" else "über"
    body = f'{PAGE}<p id="{name}">'.encode(encoding)
    kind = f"text/html; charset={charset}" if charset else "text/html"
    host.plays["/a"] = lambda request: request.answer(200, body, content_type=kind)
    assert lists.write(a=f"{host.url}/a#{name}").one().outcome == outcome


def test_the_encoding_that_a_page_names_itself(lists: Lists, host: Host) -> None:
    body = f'<meta charset="iso-8859-1">{PAGE}<p id="über">'.encode("latin-1")
    host.plays["/a"] = lambda request: request.answer(200, body, content_type="text/html")
    assert lists.write(a=f"{host.url}/a#über").one().outcome == "alive"


def _cut(request: Request) -> None:
    if request.command == "HEAD":
        request.reset()
    else:
        request.answer(200, PAGE)


def test_a_host_that_cuts_head_off_and_answers_get_is_alive(lists: Lists, host: Host) -> None:
    host.plays["/a"] = _cut
    assert lists.write(a=f"{host.url}/a").one().outcome == "alive"


def test_a_host_that_lets_head_hang_and_answers_get_is_alive(
    lists: Lists, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fieldguide.links.web.fetch.HEAD_SECONDS", 0.2)

    def play(request: Request) -> None:
        if request.command == "HEAD":
            request.rfile.read(1)  # nothing more comes
        else:
            request.answer(200, PAGE)

    host.plays["/a"] = play
    assert lists.write(a=f"{host.url}/a").one().outcome == "alive"


def test_a_redirect_to_itself_that_leaves_a_cookie(lists: Lists, host: Host) -> None:
    def play(request: Request) -> None:
        if "seen=1" in request.headers.get("Cookie", ""):
            request.answer(200, PAGE)
        else:
            request.answer(302, location="/a", set_cookie="seen=1; Path=/; HttpOnly")

    host.plays["/a"] = play
    assert lists.write(a=f"{host.url}/a").one().outcome == "alive"


def test_a_cookie_goes_back_to_its_host_alone(lists: Lists, host: Host, second: Host) -> None:
    host.plays["/a"] = lambda r: r.answer(302, location=f"{second.url}/b", set_cookie="a=1")
    second.plays["/b"] = lambda r: r.answer(302, location=f"{host.url}/a", set_cookie="b=2")
    assert lists.write(a=f"{host.url}/a").one().outcome == "failed"
    assert {sent["Cookie"] for _, _, sent in host.asked if "Cookie" in sent} == {"a=1"}
    assert {sent["Cookie"] for _, _, sent in second.asked if "Cookie" in sent} <= {"b=2"}


GONE = {
    "a page of HTML": ("<h1>Not found</h1>", "text/html", "missing"),
    "XHTML": ("<h1>Not found</h1>", "application/xhtml+xml", "missing"),
    "no page": ("not found", "text/plain", "failed"),
    "nothing": ("", "text/html", "failed"),
    "JSON": ("{}", "application/json", "failed"),
    "a challenge": (OTHERS["a challenge"], "text/html", "unknown"),
    "a stub": (OTHERS["a stub"], "text/html", "failed"),
}


@pytest.mark.parametrize("kind", GONE)
@pytest.mark.parametrize("code", [404, 410])
def test_a_page_is_missing_only_where_a_whole_page_says_so(
    lists: Lists, host: Host, kind: str, code: int
) -> None:
    body, content_type, outcome = GONE[kind]
    host.plays["/a"] = lambda r: r.answer(code, body, content_type=content_type)
    assert lists.write(a=f"{host.url}/a").one().outcome == outcome


def test_a_front_page_that_was_not_read_is_no_verdict(lists: Lists, host: Host) -> None:
    host.plays["/"] = lambda request: request.answer(200, "hello", content_type="text/plain")
    one = lists.write(a=host.plays_redirect("/blog/2011/advice", "/")).one()
    assert one.outcome == "unknown"


@pytest.mark.parametrize(
    ("code", "outcome"), [(403, "unknown"), (999, "unknown"), (429, "unknown")]
)
def test_what_answers_no_programs_stays_unknown(
    lists: Lists, host: Host, code: int, outcome: str
) -> None:
    host.plays["/a"] = lambda request: request.answer(code, "<title>Not found</title>")
    assert lists.write(a=f"{host.url}/a#x").one().outcome == outcome


@pytest.mark.parametrize("code", [400, 405, 406, 410, 500, 502, 503])
def test_head_has_not_the_last_word(lists: Lists, host: Host, code: int) -> None:
    host.plays["/a"] = lambda r: r.answer(code if r.command == "HEAD" else 200, PAGE)
    assert lists.write(a=f"{host.url}/a#intro").one().outcome == "alive"


def test_the_names_that_a_page_is_asked_for() -> None:
    fragments = {"a", "a:~:text=b", ":~:text=b", "top", "", "/route", "!x", "L7"}
    assert places.named(fragments) == {"a"}
