"""Hostile servers: none costs another its answer, the run, or a later run."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from link_lists import DAY, TEXT, Lists
from playing_server import Host, Play, Request, slowly

from fieldguide.commands.cli.main import main
from fieldguide.links import verdict, wording
from fieldguide.links.web import crawl, fetch

pytestmark = pytest.mark.whole

NEXT = date(2026, 11, 27)
PAGE = f"<title>Handlers</title>{TEXT}".encode()


def raw(*lines: bytes, body: bytes = b"") -> Play:
    """A response in so many bytes; a body is for GET alone.

    It says that the connection ends: a client that takes it for open may send its next request
    before it learns better, and a busy machine makes that likely.
    """
    first, *fields = lines

    def play(request: Request) -> None:
        sent = b"" if request.command == "HEAD" else body
        request.wfile.write(b"\r\n".join([first, b"Connection: close", *fields, b"", sent]))
        request.close_connection = True

    return play


def page(*fields: bytes, body: bytes = PAGE) -> Play:
    """A page of HTML with some more fields."""
    length = b"Content-Length: %d" % len(body)
    return raw(b"HTTP/1.1 200 OK", b"Content-Type: text/html", length, *fields, body=body)


def redirect(location: bytes, code: int = 302) -> Play:
    """A redirect to these bytes."""
    return raw(b"HTTP/1.1 %d Found" % code, b"Location: " + location, b"Content-Length: 0")


def busy(value: bytes) -> Play:
    """A host that says when to come again."""
    return raw(b"HTTP/1.1 503 Busy", b"Retry-After: " + value, b"Content-Length: 0")


def status(line: bytes) -> Play:
    """A response with this first line, and a page."""
    length = b"Content-Length: %d" % len(PAGE)
    return raw(line, b"Content-Type: text/html", length, body=PAGE)


HOSTILE: dict[str, tuple[Play, str]] = {
    "a redirect to no address": (redirect(b"http://[bad"), "failed"),
    "a redirect to a port that is none": (redirect(b"http://127.0.0.1:99999999/"), "failed"),
    "a redirect to a name that is none": (redirect(b"http://a..b\xff/"), "failed"),
    "a redirect to a very long address": (redirect(b"/" + b"a" * 60_000), "failed"),
    "a redirect with a control character": (redirect(b"http://127.0.0.1/\x01\x1b[2J"), "failed"),
    "a redirect to another scheme": (redirect(b"javascript:alert(1)"), "failed"),
    "a redirect with a password": (redirect(b"http://a:b@127.0.0.1/"), "failed"),
    "a redirect to nothing": (raw(b"HTTP/1.1 302 Found", b"Content-Length: 0"), "failed"),
    "a digit that is no decimal": (busy("²".encode("latin-1")), "failed"),
    "a digit of another script": (busy("٣".encode()), "failed"),
    "a year that no clock has": (busy(b"1 Jan 99999999999999999999 00:00:00 GMT"), "failed"),
    "a number without end": (busy(b"9" * 5_000), "failed"),
    "a status that nobody has": (status(b"HTTP/1.1 799 So"), "failed"),
    "a status below all": (status(b"HTTP/1.1 099 So"), "unknown or failed"),
    "a status that is no number": (status(b"HTTP/1.1 2oo OK"), "failed"),
    "not changed, unasked": (status(b"HTTP/1.1 304 Not Modified"), "failed"),
    "another protocol": (raw(b"SSH-2.0-OpenSSH_9.9"), "failed"),
    "a field without a name": (page(b": value"), "failed"),
    "a field with a null": (page(b"X-A: a\x00b"), "failed"),
    "a length below nothing": (raw(b"HTTP/1.1 200 OK", b"Content-Length: -1"), "failed"),
    "two lengths": (page(b"Content-Length: 1"), "failed"),
    "a chunk without end": (
        raw(
            b"HTTP/1.1 200 OK",
            b"Content-Type: text/html",
            b"Transfer-Encoding: chunked",
            body=b"F" * 400 + b"\r\n",
        ),
        "failed",
    ),
    "fields without end": (page(*[b"X-%d: x" % n for n in range(20_000)]), "failed"),
    "an entity tag with a line separator": (page('ETag: "a\u2028b"'.encode()), "alive"),
    "an entity tag of bytes": (page(b'ETag: "\xff\xfe"'), "alive"),
    "an entity tag without end": (page(b'ETag: "' + b"a" * 9_000 + b'"'), "alive"),
    "a date that cannot be sent": (page("Last-Modified: Thu, 0\u0661 Jan 2026".encode()), "alive"),
    "cookies of all kinds": (page(*[b"Set-Cookie: \xff=;;=;" + b"=" * 999] * 40), "alive"),
    "an encoding that unpacks": (page(b"Content-Type: text/html; charset=zlib"), "alive"),
    "a quadratic encoding": (
        raw(
            b"HTTP/1.1 200 OK",
            b"Content-Type: text/html; charset=punycode",
            body=b"a-" + b"9" * 200_000,
        ),
        "alive",
    ),
    "a title of control characters": (
        page(
            body=b"<title>\x1b[2J\n::error::a\xe2\x80\xa8&#x202e;b&#xd800;\x00</title>" + PAGE[24:]
        ),
        "alive",
    ),
    "a title without end": (page(body=b"<title>" + b"ab " * 400_000), "alive"),
    "an attribute without end": (page(body=b"<p " + b"a" * 1_000_000 + PAGE), "alive"),
    "names without end": (page(body=b"<i id=a></i>" * 90_000 + PAGE), "alive"),
    "a body that ends early": (
        raw(b"HTTP/1.1 200 OK", b"Content-Type: text/html", b"Content-Length: 9999", body=b"x"),
        "failed",
    ),
}


def test_hostile_servers_cost_nobody_else(
    lists: Lists, host: Host, second: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All kinds in one run, and in the run of the next day."""
    monkeypatch.setattr(fetch, "RETRIES", 0)
    ids = {f"r{number}": kind for number, kind in enumerate(HOSTILE)}
    host.plays |= {f"/{id}": HOSTILE[kind][0] for id, kind in ids.items()}
    lists.write(
        **{id: f"{host.url}/{id}" for id in ids},
        same=host.plays_page("/same", "Same", TEXT),
        other=second.plays_page("/other", "Other", TEXT),
    )
    for day in (DAY, NEXT):
        looked = lists.look(day=day)
        found = {one.target.resources[0]: one for one in looked.verdicts}
        assert found.pop("same").outcome == found.pop("other").outcome == "alive"
        unexpected = {
            ids[id]: (one.outcome, one.notes)
            for id, one in found.items()
            if one.outcome not in HOSTILE[ids[id]][1]
        }
        assert unexpected == {}
        seen = lists.seen()
        assert {seen[id]["checked"] for id in ids} == {day.isoformat()}
        assert all(line.isprintable() for line in wording.lines(looked))


ROBOTS: dict[str, tuple[Play, str]] = {
    "a redirect to no address": (redirect(b"http://[bad"), "alive"),
    "a redirect in a circle": (redirect(b"/robots.txt"), "alive"),
    "a pause that is no number": (
        page(b"X: y", body=b"User-agent: *\nCrawl-delay: nan\n"),
        "alive",
    ),
    "a pause without end": (page(b"X: y", body=b"User-agent: *\nCrawl-delay: 1e999\n"), "alive"),
    "packed as nobody asked": (page(b"Content-Encoding: br", body=b"\x0b\x02\x80"), "unknown"),
    "packed badly": (page(b"Content-Encoding: gzip", body=b"\x1f\x8b\x08nothing"), "unknown"),
    "a field with a null": (page(b"X-A: a\x00b"), "alive"),
    "rules without end": (
        page(b"X: y", body=b"User-agent: *\nDisallow: /" + b"*a" * 200_000),
        "alive",
    ),
    "bytes": (page(b"X: y", body=bytes(range(256)) * 2_000), "alive"),
}


@pytest.mark.parametrize("kind", ROBOTS)
def test_a_hostile_robots_txt_costs_its_own_host_alone(
    lists: Lists, host: Host, second: Host, kind: str
) -> None:
    host.plays["/robots.txt"], outcome = ROBOTS[kind]
    lists.write(a=host.plays_page("/a", "A", TEXT), b=second.plays_page("/b", "B", TEXT))
    found = {one.target.resources[0]: one.outcome for one in lists.look().verdicts}
    assert found == {"a": outcome, "b": "alive"}


def test_a_page_that_takes_all_the_time_is_read_by_a_process_that_dies(
    lists: Lists, host: Host, second: Host
) -> None:
    """Three of them, of which the third is not even tried; beside them, a page is read."""
    nested = page(body=b"<div>" * 400_000)
    host.plays |= {"/1": nested, "/2": nested, "/3": nested}
    urls = {f"r{n}": f"{host.url}/{n}" for n in (1, 2, 3)}
    lists.write(**urls, b=second.plays_page("/b", "B", TEXT))
    found = lists.look()
    verdicts = {one.target.resources[0]: one for one in found.verdicts}
    assert {id: one.outcome for id, one in verdicts.items()} == {
        "r1": "unknown", "r2": "unknown", "r3": "unknown", "b": "alive",
    }  # fmt: skip
    told = sorted(verdicts[id].notes[0] for id in urls)
    slow = "could not be checked: its page cannot be read: it takes more than 5 s of processor time"
    before = (
        "could not be checked: its page cannot be read: pages of its host could not be read before"
    )
    assert told == [slow, slow, before] or told == [before, slow, slow]
    lines = [*wording.lines(found)]
    assert f"docs/reading/resources.yml:1: unknown: {host.url}/1: {slow}. Next: " in "\n".join(
        lines
    )
    assert lists.seen()["b"]["title"] == "B"


def test_a_status_of_its_own_does_not_cost_the_entry(lists: Lists, host: Host) -> None:
    host.plays["/a"] = lambda request: request.answer(999, "no")
    assert lists.write(a=f"{host.url}/a").one().outcome == "unknown"
    assert lists.seen()["a"]["code"] == "999"


def test_only_what_can_be_sent_back_is_kept(lists: Lists, host: Host) -> None:
    fields = (b'ETag: W/"1"', b"Last-Modified: Thu, 01 Jan 2026 00:00:00 GMT")
    host.plays["/a"], host.plays["/b"] = page(*fields), page('ETag: "\u2028"'.encode())
    lists.write(a=f"{host.url}/a", b=f"{host.url}/b").look()
    seen = lists.seen()
    assert (seen["a"]["etag"], seen["a"]["last_modified"]) == (
        'W/"1"',
        "Thu, 01 Jan 2026 00:00:00 GMT",
    )
    assert "etag" not in seen["b"]


POISON = {
    "an entity tag that cannot be sent": {"etag": '"a\u2028b"'},
    "an entity tag with a new line": {"etag": '"a"\r\nX-Injected: 1'},
    "a date that is none": {"last_modified": "yesterday\r\nX-Injected: 1"},
    "a title without end": {"title": "a" * 100_000},
    "an address that is none": {"final_url": "http://[bad"},
}


@pytest.mark.parametrize("kind", POISON)
def test_what_an_earlier_run_has_kept_stops_no_later_one(
    lists: Lists, host: Host, kind: str
) -> None:
    lists.write(a=host.plays_page("/a", "A", TEXT), b=host.plays_page("/b", "B", TEXT)).look()
    file = lists.root / "docs/reading/checks.yml"
    known = yaml.safe_load(file.read_text("utf-8"))
    known["a"] |= POISON[kind]
    file.write_text(yaml.safe_dump(known), "utf-8")
    host.asked.clear()
    outcomes = {one.outcome for one in lists.look(day=NEXT).verdicts}
    assert outcomes <= {"alive", "changed"}
    assert not any("X-Injected" in sent for _, _, sent in host.asked)
    assert lists.seen()["b"]["checked"] == "2026-11-27"
    assert len(file.read_bytes()) < 5_000


@pytest.mark.parametrize("content", ["a: [", "a: 1\nb: {checked: x}\n", "\x00", "- a\n", ""])
def test_a_broken_file_of_checks_is_told_and_stops_no_run(
    lists: Lists, host: Host, content: str
) -> None:
    lists.write(a=host.plays_page("/a", "A", TEXT))
    (lists.root / "docs/reading/checks.yml").write_text(content, "utf-8")
    found = lists.look()
    assert wording.status(found) == 0
    told = [line for line in wording.lines(found) if line.startswith("docs/reading/checks.yml:")]
    assert told
    assert all(re.match(r"\S+:\d: .+ Next: ", line) for line in told)
    assert lists.seen()["a"]["outcome"] == "alive"


@pytest.mark.parametrize(
    "line",
    [
        '{"day": "2026-11-26", "asked": "URL", "answer": {"url": "URL", "code": "200"}}',
        '{"day": "2026-11-26", "asked": "URL", "answer": {"url": 7, "code": 200}}',
        '{"day": "2026-11-26", "asked": "URL", "answer": []}',
        '{"day": "2026-11-26", "asked": "URL", "answer": {"strange": 1}}',
        "[" * 60_000,
        '"' + "a" * 200_000,
        "7",
        "\\x00\\xff",
    ],
)
def test_a_line_that_nobody_of_us_has_written_is_no_answer(
    lists: Lists, host: Host, line: str
) -> None:
    lists.write(a=host.plays_page("/a", "A", TEXT))
    kept = lists.root / ".fieldguide/links.jsonl"
    kept.parent.mkdir(exist_ok=True)
    kept.write_text(line.replace("URL", f"{host.url}/a") + "\n", "utf-8")
    assert lists.one().outcome == "alive"
    assert host.counts["/a"]


ADDRESSES = [
    '/b"onclick="alert(1)', "/b)[x](javascript:alert(1))", "/b>x", "/b`x`", "/b<script>", "/b|x",
    "/b;x", "/b,x", "/b'x", "/b*x*", "/b{x}", "/b\\x", "/b:", "/b.", "/b%0A#x", "/b[x]", "/b&lt;",
]  # fmt: skip


def test_what_is_written_for_a_moved_page_is_an_address_and_nothing_else(
    lists: Lists, host: Host
) -> None:
    host.otherwise = lambda request: request.answer(200, PAGE)
    moved = {f"r{number}": to for number, to in enumerate([*ADDRESSES, "/plain?a=1"])}
    lists.write(**{id: host.plays_redirect(f"/a{id}", to) for id, to in moved.items()})
    file = lists.root / "docs/reading/resources.yml"
    before = yaml.safe_load(file.read_bytes())
    arguments = ["--root", str(lists.root), "links", "--fix", "--yes", "--no-archive"]
    done = CliRunner().invoke(main, [*arguments, "--allow", host.name])
    assert done.exit_code == 3, done.output
    after = yaml.safe_load(file.read_bytes())
    assert [{**entry, "url": ""} for entry in after] == [{**entry, "url": ""} for entry in before]
    written = {entry["id"]: entry["url"].removeprefix(host.url) for entry in after}
    assert written.popitem() == (f"r{len(ADDRESSES)}", "/plain?a=1")
    for id, url in written.items():
        assert url == f"/a{id}" or re.fullmatch(r"/b[\w%-]*", url, re.ASCII), (moved[id], url)
    assert "write by hand where it leads" in done.output


def test_a_host_has_only_so_much_time_in_all(
    lists: Lists, host: Host, second: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crawl, "HOST_SECONDS", 3.0)
    host.otherwise = slowly(0.4, lambda request: request.answer(200, PAGE))
    urls = {f"r{n}": f"{host.url}/{n}" for n in range(20)}
    found = lists.write(**urls, b=second.plays_page("/b", "B", TEXT)).look()
    outcomes = Counter(one.outcome for one in found.verdicts)
    assert outcomes["unknown"] >= 5
    assert {one.outcome for one in found.verdicts if one.target.resources == ("b",)} == {"alive"}
    told = {note for one in found.verdicts if one.outcome == "unknown" for note in one.notes}
    assert told == {
        "could not be checked: its host took more than 3 s in all, and is asked for nothing more"
    }


def test_a_host_that_says_not_changed_is_believed_once(lists: Lists, host: Host) -> None:
    def play(request: Request) -> None:
        known = "If-None-Match" in request.headers
        request.answer(304 if known else 200, b"" if known else PAGE, etag='"1"')

    host.plays["/a"] = play
    lists.write(a=f"{host.url}/a")
    codes = []
    for day in (24, 25, 26, 27):
        lists.look(day=date(2026, 11, day))
        codes.append(lists.seen()["a"]["code"])
    assert codes == ["200", "304", "200", "304"]


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 100_000,
        b'{"archived_snapshots": "x"}',
        b'{"archived_snapshots": {"closest": [1]}}',
        b'{"archived_snapshots": {"closest": {"available": true, "url": "http://a b\\n::e"}}}',
        b'{"archived_snapshots": {"closest": {"available": "yes", "url": 7}}}',
        b"9" * 10_000,
    ],
)
def test_a_hostile_archive_offers_nothing(lists: Lists, host: Host, body: bytes) -> None:
    host.plays["/available"] = lambda r: r.answer(200, body, content_type="application/json")
    found = lists.write(a=f"{host.url}/gone").look(archive=f"{host.url}/available")
    assert found.archived == {}
    assert found.verdicts[0].outcome == "missing"


def test_an_answer_that_nobody_has_thought_of_is_one(
    lists: Lists, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is raised for one address, the others have their answers."""
    real = verdict.judge

    def judge(target: Any, *given: Any) -> Any:
        if "/b" in target.url:
            raise RecursionError
        return real(target, *given)

    async def respond(visit: Any, hosts: Any) -> Any:
        if "/c" in visit.url:
            raise KeyError("c")
        return await whole(visit, hosts)

    whole = fetch._Visit.respond
    monkeypatch.setattr(verdict, "judge", judge)
    monkeypatch.setattr(fetch._Visit, "respond", respond)
    lists.write(**{name: host.plays_page(f"/{name}", name, TEXT) for name in "abc"})
    found = {one.target.resources[0]: one for one in lists.look().verdicts}
    assert {name: one.outcome for name, one in found.items()} == {
        "a": "alive", "b": "unknown", "c": "unknown",
    }  # fmt: skip
    assert found["b"].notes == (
        "could not be checked: its answer cannot be judged (RecursionError)",
    )
    assert found["c"].notes == (
        "could not be checked: it answers in a way that cannot be read (KeyError)",
    )


@pytest.mark.parametrize(
    "url", ["http://[bad", "http://a:b:c/", "http://127.0.0.1:1e3/", "http://\u2028/"]
)
def test_an_address_that_is_none_costs_no_other_its_answer(
    lists: Lists, host: Host, url: str
) -> None:
    """Neither in a page nor in a list."""
    lists.write(a=host.plays_page("/a", "A", TEXT))
    html = lists.root / "site/concepts/greeting/index.html"
    html.parent.mkdir(parents=True)
    html.write_text(f'<article><a href="{url}">x</a><a href="{host.url}/b">b</a>', "utf-8")
    host.plays_page("/b", "B", TEXT)
    found = {one.target.url: one.outcome for one in lists.look().verdicts}
    assert found.pop(url) in ("missing", "failed")
    assert found == {f"{host.url}/a": "alive", f"{host.url}/b": "alive"}
    lists.write(a=f"{host.url}/a", b=url)
    outcomes = {one.target.resources[0]: one.outcome for one in lists.look("resources").verdicts}
    assert outcomes.pop("b", "missing") in ("missing", "failed")
    assert outcomes == {"a": "alive"}


def test_a_built_page_that_cannot_be_read_is_told_and_costs_no_other_its_links(
    lists: Lists, host: Host
) -> None:
    lists.write(a=host.plays_page("/a", "A", TEXT))
    for name, content in (
        ("greeting", "<article>" + "<p " + " ".join(f"a{n}" for n in range(400_000))),
        ("other", f'<article><a href="{host.url}/b">b</a>'),
    ):
        html = lists.root / f"site/concepts/{name}/index.html"
        html.parent.mkdir(parents=True)
        html.write_text(content, "utf-8")
    host.plays_page("/b", "B", TEXT)
    found = lists.look()
    assert {one.target.url for one in found.verdicts} == {f"{host.url}/a", f"{host.url}/b"}
    assert wording.status(found) == 1
    assert (
        "docs/concepts/greeting.md: the links of this page were not looked at: "
        "its page cannot be read: it takes more than 5 s of processor time. "
        "Next: make the page smaller, or correct its HTML."
    ) in [*wording.lines(found)]
