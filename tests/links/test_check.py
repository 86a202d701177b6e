"""The link checker, against a real server that plays what the web does to one."""

from __future__ import annotations

import asyncio
import functools
import gzip
import ipaddress
import re
import signal
import ssl
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import date
from email.utils import formatdate
from pathlib import Path
from time import sleep, time
from typing import Any

import pytest
import trustme
import yaml
from click.testing import CliRunner
from playing_server import Host, Request, slowly

from fieldguide.commands.cli.main import main
from fieldguide.links import check, rewrite, seen, verdict, wording
from fieldguide.links.model import Answer, Target, Verdict
from fieldguide.links.options import LinkOptions
from fieldguide.links.web import fetch, guard, page
from fieldguide.project.collect import collect
from fieldguide.reading import shelf

DAY = date(2026, 11, 26)
TEXT = " ".join(f"A handler takes request {n} and gives response {n}." for n in range(60))
OTHER = " ".join(f"Buy cheap watches and pills today, offer {n} ends soon." for n in range(60))


@pytest.fixture(autouse=True)
def _no_other_loop() -> Iterator[None]:
    """The browser of other tests leaves its loop running in this thread."""
    running = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    yield
    asyncio._set_running_loop(running)


@pytest.fixture
def host() -> Iterator[Host]:
    with Host() as made:
        yield made
        made.shutdown()


@pytest.fixture
def second() -> Iterator[Host]:
    with Host(2) as made:
        yield made
        made.shutdown()


class Lists:
    """A project with reading lists, and runs over them."""

    def __init__(self, root: Path, *hosts: Host) -> None:
        self.root = root
        self.allowed = [host.name for host in hosts]
        (root / "docs/reading").mkdir()

    def write(self, **urls: str) -> Lists:
        """One resource an address, by id."""
        entries = [
            {
                "id": id.replace("_", "-"), "title": id, "url": url, "authors": ["Ada"],
                "kind": "reference", "level": "beginner", "frameworks": ["flask"],
                "concepts": ["greeting"], "year": 2026, "cost": "free", "language": "en",
                "why": "For tests of the link checker.", "status": "current",
                "added": "2026-11-01", "caveat": "It is served without https.",
            }
            for id, url in urls.items()
        ]  # fmt: skip
        text = yaml.safe_dump(entries, sort_keys=False)
        (self.root / "docs/reading/resources.yml").write_text(text, "utf-8")
        return self

    def look(self, *selection: str, day: date = DAY, **options: Any) -> check.Looked:
        """One run, which asks no archive."""
        given = {"allowed": self.allowed, "archive": None, "today": day, **options}
        return check.look(collect(self.root), selection, LinkOptions(**given))

    def one(self, *selection: str, **options: Any) -> Verdict:
        """The verdict of a run over one address."""
        (only,) = self.look(*selection, **options).verdicts
        return only

    def seen(self) -> dict[str, dict[str, Any]]:
        """What checks.yml says."""
        text = (self.root / "docs/reading/checks.yml").read_text("utf-8")
        found = yaml.load(text, yaml.BaseLoader)
        assert not shelf.read(collect(self.root)).catalogue.problems, "checks.yml is misshaped"
        return dict(found)


@pytest.fixture
def lists(make_project: Callable[..., Path], host: Host, second: Host) -> Lists:
    return Lists(make_project(), host, second)


# What is well


def test_a_page_that_is_there_is_alive(lists: Lists, host: Host) -> None:
    lists.write(a=host.plays_page("/a", "Handlers explained", TEXT, etag='"1"'))
    assert lists.one().outcome == "alive"
    (seen,) = lists.seen().values()
    assert seen["checked"] == seen["seen"] == "2026-11-26"
    assert seen["title"] == "Handlers explained"
    assert re.fullmatch("[0-9a-f]{16}", seen["fingerprint"])
    assert (seen["code"], seen["etag"]) == ("200", '"1"')
    assert [method for method, path, _ in host.asked if path == "/a"] == ["HEAD", "GET"]


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


def test_the_next_day_asks_only_for_what_changed(lists: Lists, host: Host) -> None:
    def play(request: Request) -> None:
        known = request.headers.get("If-None-Match") == '"1"'
        request.answer(304 if known else 200, f"<title>Handlers</title>{TEXT}", etag='"1"')

    host.plays["/a"] = play
    lists.write(a=f"{host.url}/a").look()
    before = lists.seen()["a"]
    host.asked.clear()
    assert lists.one(day=date(2026, 11, 27)).outcome == "alive"
    assert [method for method, path, _ in host.asked if path == "/a"] == ["GET"]
    assert lists.seen()["a"] == {
        **before,
        "checked": "2026-11-27",
        "seen": "2026-11-27",
        "code": "304",
    }


# What is gone


@pytest.mark.parametrize("code", [404, 410])
def test_a_missing_page(lists: Lists, host: Host, code: int) -> None:
    host.plays["/a"] = lambda request: request.answer(code, "gone")
    found = lists.write(a=f"{host.url}/a").look()
    assert found.verdicts[0].outcome == "missing"
    assert wording.status(found) == 1
    line, total, *_ = wording.lines(found)
    assert line == (
        f"docs/reading/resources.yml:1: missing: {host.url}/a: {code}: the page is not there. "
        "Next: correct the address."
    )
    assert total == "1 link: 1 missing"


@pytest.mark.parametrize(
    "html",
    [
        "<title>404</title><h1>Oops</h1>",
        "<title>Example</title><h1>Page not found</h1><p>Try the search.",
        "<title>The article was removed</title>",
        "<title>example.org</title><h1>This domain is for sale</h1>",
        "<title>It could not be found</title>",
    ],
)
def test_a_page_that_says_with_200_that_it_is_not_there(
    lists: Lists, host: Host, html: str
) -> None:
    host.plays["/a"] = lambda request: request.answer(200, html)
    assert lists.write(a=f"{host.url}/a").one().outcome == "missing"


def test_an_article_on_error_pages_is_none(lists: Lists, host: Host) -> None:
    lists.write(a=host.plays_page("/a", "Custom 404 pages: when a page is not found", TEXT))
    assert lists.one().outcome == "alive"


def test_a_deep_page_that_leads_to_the_front_page_is_gone(lists: Lists, host: Host) -> None:
    host.plays_page("/", "Welcome", TEXT)
    lists.write(a=host.plays_redirect("/blog/2011/advice", "/"))
    one = lists.one()
    assert one.outcome == "missing"
    assert "front page" in one.notes[0]


def test_a_place_in_the_page(lists: Lists, host: Host) -> None:
    there = host.plays_page("/a", "Handlers", TEXT)
    lists.write(a=f"{there}#part", b=f"{there}?b#nowhere")
    outcomes = {verdict.target.resources: verdict for verdict in lists.look().verdicts}
    assert outcomes[("a",)].outcome == "alive"
    assert outcomes[("b",)].outcome == "missing"
    assert outcomes[("b",)].notes == ("the page has no place named nowhere",)


# What moved


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


def test_a_redirect_to_another_owner_may_be_a_sale(lists: Lists, host: Host, second: Host) -> None:
    second.plays_page("/a", "Handlers", TEXT)
    one = lists.write(a=host.plays_redirect("/a", f"{second.url}/a")).one()
    assert one.outcome == "changed"
    assert "another owner" in one.notes[0]


def test_fix_shows_the_diff_first_and_writes_it(
    lists: Lists, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    host.plays_page("/new", "Handlers", TEXT)
    lists.write(a=host.plays_redirect("/old", "/new"), longer=f"{host.url}/old-and-longer")
    host.plays_page("/old-and-longer", "Another", OTHER)
    file = lists.root / "docs/reading/resources.yml"
    before = file.read_bytes()
    arguments = ["--root", str(lists.root), "links", "--fix", "--no-archive"]
    arguments += [part for name in lists.allowed for part in ("--allow", name)]

    refused = CliRunner().invoke(main, arguments, input="n\n")
    assert f"-  url: {host.url}/old" in refused.output
    assert f"+  url: {host.url}/new" in refused.output
    assert (refused.exit_code, file.read_bytes()) == (1, before)

    done = CliRunner().invoke(main, [*arguments, "--yes"])
    assert (done.exit_code, "1 file written." in done.output) == (3, True)
    assert file.read_bytes() == before.replace(b"/old\n", b"/new\n")


def test_fix_leaves_a_longer_address_and_keeps_a_place(tmp_path: Path) -> None:
    text = b"[a](https://e.org/old#x) https://e.org/older <https://e.org/old> x=https://e.org/old"
    assert rewrite._replaced(text, "https://e.org/old", "https://e.org/new") == (
        b"[a](https://e.org/new#x) https://e.org/older <https://e.org/new> x=https://e.org/old"
    )


# What is another page now


def test_a_page_with_other_content_may_be_hijacked(lists: Lists, host: Host) -> None:
    address = host.plays_page("/a", "Handlers explained", TEXT)
    lists.write(a=address).look()
    host.plays_page("/a", "Cheap watches", OTHER)
    one = lists.one(day=date(2026, 11, 27))
    assert one.outcome == "changed"
    assert one.notes == (
        "its text is not the one that it had",
        'its title is "Cheap watches", and it was "Handlers explained"',
    )
    seen = lists.seen()["a"]
    assert (seen["title"], seen["seen"]) == ("Handlers explained", "2026-11-26")
    assert lists.one(day=date(2026, 11, 28)).outcome == "changed", "it is told until it is accepted"
    assert lists.one("a", day=date(2026, 11, 28), again=True, accept=True).outcome == "alive"
    assert lists.seen()["a"]["title"] == "Cheap watches"


def test_a_page_that_was_revised_is_the_same(lists: Lists, host: Host) -> None:
    lists.write(a=host.plays_page("/a", "Handlers explained", TEXT)).look()
    revised = TEXT.replace("request 3 and", "any request and") + " One sentence is new here."
    host.plays_page("/a", "Handlers explained, second edition", revised)
    assert lists.one(day=date(2026, 11, 27)).outcome == "alive"


# What cannot be known


@pytest.mark.parametrize("code", [401, 403, 429])
def test_what_answers_no_programs_is_never_good(lists: Lists, host: Host, code: int) -> None:
    host.plays["/a"] = lambda request: request.answer(code, "no", retry_after="3600")
    found = lists.write(a=f"{host.url}/a").look()
    assert found.verdicts[0].outcome == "unknown"
    assert wording.status(found) == 0
    seen = lists.seen()["a"]
    assert "seen" not in seen
    assert "could not be checked" in seen["note"]


def test_robots_txt_is_asked_first_and_followed(lists: Lists, host: Host) -> None:
    rules = "User-agent: *\nDisallow: /private\n"
    host.plays["/robots.txt"] = lambda r: r.answer(200, rules, content_type="text/plain")
    lists.write(a=host.plays_page("/private/a", "A", TEXT), b=host.plays_page("/b", "B", TEXT))
    outcomes = {verdict.target.resources[0]: verdict.outcome for verdict in lists.look().verdicts}
    assert outcomes == {"a": "unknown", "b": "alive"}
    assert host.asked[0][1] == "/robots.txt"
    assert host.counts["/robots.txt"] == 1
    assert not host.counts["/private/a"]


def test_a_host_that_cannot_say_what_it_allows_is_left_alone(lists: Lists, host: Host) -> None:
    host.plays["/robots.txt"] = lambda request: request.answer(500, "down")
    one = lists.write(a=host.plays_page("/a", "A", TEXT)).one()
    assert one.outcome == "unknown"
    assert not host.counts["/a"]


def test_retry_after_is_waited_for(lists: Lists, host: Host) -> None:
    def play(request: Request) -> None:
        busy = host.counts["/a"] == 1
        request.answer(429 if busy else 200, "<title>A</title>", retry_after="1")

    host.plays["/a"] = play
    started = time()
    assert lists.write(a=f"{host.url}/a").one().outcome == "alive"
    assert time() - started >= 1


def test_retry_after_may_be_a_date() -> None:
    wait = fetch._retry_after(formatdate(time() + 20, usegmt=True))
    assert wait is not None
    assert 15 < wait < 21
    assert fetch._retry_after("soon") is None


# What does not answer


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
    one = lists.write(a="http://127.0.0.9:9/a").one()
    assert (one.outcome, one.notes) == ("failed", ("no connection can be made",))


def test_a_name_without_an_address(lists: Lists) -> None:
    one = lists.write(a="https://nobody.invalid/a").one()
    assert (one.outcome, one.notes) == ("failed", ("nobody.invalid has no address",))


def test_a_server_that_never_ends(
    lists: Lists, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetch, "TOTAL_SECONDS", 0.5)
    monkeypatch.setattr(fetch, "RETRIES", 0)

    def drip(request: Request) -> None:
        request.send_response(200)
        request.send_header("content-type", "text/html")
        request.end_headers()
        for _ in range(40):
            request.wfile.write(b"<p>")
            sleep(0.1)

    host.plays["/a"] = lambda r: drip(r) if r.command == "GET" else r.answer(200, "<p>x")
    started = time()
    one = lists.write(a=f"{host.url}/a").one()
    assert one.outcome == "failed"
    assert time() - started < 3


def test_a_huge_body_is_read_no_further_than_needed(lists: Lists, host: Host) -> None:
    sent = 0

    def pour(request: Request) -> None:
        nonlocal sent
        request.send_response(200)
        request.send_header("content-type", "text/html")
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
    bomb = gzip.compress(b"<title>Small</title>" + b"x" * 200_000_000)
    host.plays["/a"] = lambda request: request.answer(200, bomb, content_encoding="gzip")
    assert len(fetch._unpacked(bomb, "gzip")) == fetch.MAX_BYTES
    assert lists.write(a=f"{host.url}/a").one().outcome == "alive"
    assert lists.seen()["a"]["title"] == "Small"


# Certificates


def _tls(*names: str) -> tuple[ssl.SSLContext, trustme.CA]:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names).configure_cert(context)
    return context, authority


def test_a_certificate_that_nobody_trusts(lists: Lists) -> None:
    server, _ = _tls("127.0.0.3")
    with Host(3, server) as host:
        lists.allowed.append(host.name)
        one = lists.write(a=f"{host.url}/a").one()
        host.shutdown()
    assert one.outcome == "failed"
    assert one.notes[0].startswith("its certificate does not hold")


@pytest.mark.parametrize(("name", "outcome"), [("localhost", "alive"), ("example.org", "failed")])
def test_the_certificate_is_held_against_the_name_not_the_address(
    lists: Lists, name: str, outcome: str
) -> None:
    server, authority = _tls(name)
    trusting = ssl.create_default_context()
    authority.configure_trust(trusting)
    with Host(1, server) as host:
        port = host.server_address[1]
        host.plays_page("/a", "A", TEXT)
        lists.allowed.append(f"localhost:{port}")
        one = lists.write(a=f"https://localhost:{port}/a").one(context=trusting)
        host.shutdown()
    assert one.outcome == outcome


# Where a stranger may not send us


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


@pytest.mark.parametrize("to", ["file:///etc/passwd", "ftp://example.org/", "gopher://x/"])
def test_nor_to_another_scheme(lists: Lists, host: Host, to: str) -> None:
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


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1"])
def test_public_addresses(address: str) -> None:
    assert guard.is_public(ipaddress.ip_address(address))


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
    for _, _, fields in host.asked:
        assert not {"Authorization", "Cookie", "Referer"} & fields.keys()
        assert fields["User-Agent"].startswith("fieldguide-links/")


# Manners


def test_never_more_than_two_at_one_host(lists: Lists, host: Host) -> None:
    def busy(request: Request) -> None:
        request.answer(200, "<title>A</title>")

    host.otherwise = slowly(0.02, busy)
    lists.write(**{f"r{n}": f"{host.url}/{n}" for n in range(40)})
    found = lists.look()
    assert {verdict.outcome for verdict in found.verdicts} == {"alive"}
    assert host.most == 2


def test_crawl_delay_is_kept(lists: Lists, host: Host) -> None:
    rules = "User-agent: *\nCrawl-delay: 0.2\n"
    host.plays["/robots.txt"] = lambda r: r.answer(200, rules, content_type="text/plain")
    host.otherwise = lambda r: r.answer(200, b"x", content_type="text/plain")
    started = time()
    lists.write(**{f"r{n}": f"{host.url}/{n}" for n in range(8)}).look()
    assert time() - started >= 0.6


def test_one_address_that_two_name_is_asked_for_once(lists: Lists, host: Host) -> None:
    address = host.plays_page("/a", "A", TEXT)
    lists.write(a=address, b=f"{address}#part")
    (one,) = lists.look().verdicts
    assert one.target.resources == ("a", "b")
    assert host.counts["/a"] == 2  # HEAD and GET


# What is remembered


def test_three_days_of_failing_are_three_strikes(lists: Lists, host: Host) -> None:
    lists.write(a=f"{host.url}/a")
    for day in (20, 20, 21, 25):
        found = lists.look(day=date(2026, 11, day), again=True)
    seen = lists.seen()["a"]
    assert (seen["strikes"], seen["first_failure"]) == ("3", "2026-11-20")
    assert 'write "status: dead" with the reason, it is so since 2026-11-20' in next(
        wording.lines(found)
    )
    host.plays_page("/a", "A", TEXT)
    lists.look(day=date(2026, 11, 26))
    assert not {"strikes", "first_failure", "note"} & lists.seen()["a"].keys()


def test_what_cannot_be_checked_is_no_strike(lists: Lists, host: Host) -> None:
    lists.write(a=f"{host.url}/a").look(day=date(2026, 11, 20))
    host.plays["/a"] = lambda request: request.answer(403, "no")
    lists.look(day=date(2026, 11, 21))
    assert lists.seen()["a"]["strikes"] == "1"


def test_what_was_asked_for_today_is_not_asked_again(lists: Lists, host: Host) -> None:
    lists.write(a=host.plays_page("/a", "A", TEXT)).look()
    host.asked.clear()
    assert lists.one().outcome == "alive"
    assert not host.asked
    lists.look(again=True)
    assert host.asked


def test_an_interrupted_run_goes_on_where_it_ended(lists: Lists, host: Host) -> None:
    """A real process, and a real Ctrl-C."""
    host.otherwise = lambda r: r.answer(200, "<title>Quick</title>")
    second = threading.Event()

    def hang(request: Request) -> None:
        second.set()
        sleep(5)

    lists.write(**{f"r{n}": f"{host.url}/{n}" for n in range(6)}, late=f"{host.url}/late")
    host.plays["/late"] = hang
    command = [sys.executable, "-m", "fieldguide", "--root", str(lists.root), "links"]
    command += ["--allow", host.name, "--no-archive"]
    hears = functools.partial(signal.signal, signal.SIGINT, signal.SIG_DFL)  # in a background too
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, preexec_fn=hears) as process:
        assert second.wait(20)
        kept = lists.root / ".fieldguide/links.jsonl"
        until = time() + 20
        while time() < until and len(kept.read_text().splitlines() if kept.exists() else "") < 6:
            sleep(0.02)
        process.send_signal(signal.SIGINT)
        said, _ = process.communicate(timeout=20)
    assert "Interrupted; what was seen is kept." in said
    assert "Traceback" not in said
    assert len(lists.seen()) == 6
    asked = host.counts["/1"]
    host.plays["/late"] = host.otherwise
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert "7 links: 7 alive" in done.stdout
    assert host.counts["/1"] == asked


def test_a_cut_line_in_what_is_kept_is_no_answer(lists: Lists, host: Host) -> None:
    lists.write(a=host.plays_page("/a", "A", TEXT)).look()
    kept = lists.root / ".fieldguide/links.jsonl"
    kept.write_text(kept.read_text()[:-9], "utf-8")
    assert seen.Run(lists.root, DAY.isoformat()).known() == {}


def test_a_copy_in_an_archive_is_offered(lists: Lists, host: Host) -> None:
    copy = "http://web.archive.org/web/2020/https://example.org/"
    body = f'{{"archived_snapshots": {{"closest": {{"available": true, "url": "{copy}"}}}}}}'
    host.plays["/available"] = lambda r: r.answer(200, body, content_type="application/json")
    found = lists.write(a=f"{host.url}/gone").look(archive=f"{host.url}/available")
    assert found.archived == {f"{host.url}/gone": copy.replace("http:", "https:", 1)}
    assert "there is an archived copy, https://web.archive.org" in next(wording.lines(found))


def test_the_graveyard_is_not_visited(lists: Lists, host: Host) -> None:
    lists.write(a=host.plays_page("/a", "A", TEXT))
    file = lists.root / "docs/reading/resources.yml"
    gone = "status: hijacked\n  reason: Another owner has it now, says its author."
    file.write_text(file.read_text("utf-8").replace("status: current", gone), "utf-8")
    assert lists.look().verdicts == ()
    assert not host.asked


# Pages


def test_the_links_of_built_pages_at_their_lines(lists: Lists, host: Host) -> None:
    lists.write(a=host.plays_page("/a", "A", TEXT))
    guide = lists.root / "docs/concepts/greeting.md"
    text = guide.read_text("utf-8") + f"\n\n[a]({host.url}/a) and [b]({host.url}/b#x)\n"
    guide.write_text(text, "utf-8")
    html = lists.root / "site/concepts/greeting/index.html"
    html.parent.mkdir(parents=True)
    html.write_text(
        f'<nav><a href="{host.url}/menu">m</a></nav><article><a href="{host.url}/a">a</a>'
        f'<a href="{host.url}/b#x">b</a><a href="/local">l</a></article>',
        "utf-8",
    )
    found = {verdict.target.url: verdict for verdict in lists.look().verdicts}
    line = len(text.splitlines())
    assert [(at.path, at.line) for at in found[f"{host.url}/a"].target.places] == [
        ("docs/reading/resources.yml", 1),
        ("docs/concepts/greeting.md", line),
    ]
    assert found[f"{host.url}/b"].outcome == "missing"
    assert f"{host.url}/menu" not in found
    only = lists.look("docs/concepts/greeting.md").verdicts
    assert {one.target.url for one in only} == {f"{host.url}/a", f"{host.url}/b"}
    assert all(one.target.resources == () for one in only)


def test_without_a_built_site_it_says_so(lists: Lists, host: Host) -> None:
    lists.write(a=host.plays_page("/a", "A", TEXT))
    assert [*wording.lines(lists.look())][-1] == (
        "The guides' links were not looked at, there is no site/. Next: make build."
    )


def test_an_unknown_name_is_a_usage_error(lists: Lists) -> None:
    lists.write(handlers="https://example.org/")
    said = CliRunner().invoke(main, ["--root", str(lists.root), "links", "handler"])
    assert said.exit_code == 2
    assert said.stderr == (
        'handler: this is neither a resource nor a page (did you mean "handlers"?). '
        "Next: name the id of a resource, a page in docs/, resources or pages.\n"
    )


# Small parts


def test_texts_of_two_topics_are_far_and_revisions_near() -> None:
    words = [re.findall(r"\w+", text.casefold()) for text in (TEXT, TEXT + " a little more", OTHER)]
    one, revised, other = map(page.fingerprint, words)
    assert page.distance(one, revised) <= 3
    assert page.distance(one, other) > verdict.FAR


def test_a_page_with_little_text_has_no_fingerprint() -> None:
    assert page.read(b"<title>A</title><p>few words").fingerprint == ""


@pytest.mark.parametrize("html", [b"", b"\xff\xfe\x00", b"<", b"<title>", b"<a name=>" * 1000])
def test_any_bytes_are_a_page(html: bytes) -> None:
    page.read(html)


@pytest.mark.parametrize(
    ("url", "owner"),
    [
        ("https://docs.example.co.uk/a", "example.co.uk"),
        ("https://me.github.io/a", "me.github.io"),
        ("https://blog.example.org/", "example.org"),
        ("http://127.0.0.1/", "127.0.0.1"),
    ],
)
def test_the_owner_of_an_address(url: str, owner: str) -> None:
    assert verdict.Owners().domain(url) == owner


def test_the_worst_decides_the_exit_status() -> None:
    def status(*outcomes: str) -> int:
        verdicts = tuple(Verdict(Target("u"), Answer("u"), outcome) for outcome in outcomes)
        return wording.status(check.Looked(verdicts, {}, {}))

    assert status() == status("alive", "unknown") == 0
    assert status("alive", "moved") == status("failed") == 3
    assert status("moved", "missing") == status("changed") == 1
