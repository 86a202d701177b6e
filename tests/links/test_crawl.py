"""Many addresses: the rules of a host, and how many requests it gets at once."""

from __future__ import annotations

from time import time

from link_lists import TEXT, Lists
from playing_server import Host, Request, slowly


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
    verdict = lists.write(a=host.plays_page("/a", "A", TEXT)).verdict()
    assert verdict.outcome == "unknown"
    assert not host.counts["/a"]


def test_never_more_than_two_at_one_host(lists: Lists, host: Host) -> None:
    def busy(request: Request) -> None:
        request.answer(200, "<title>A</title>")

    host.otherwise = slowly(0.02, busy)
    lists.write(**{f"r{n}": f"{host.url}/{n}" for n in range(16)})
    looked = lists.look()
    assert {verdict.outcome for verdict in looked.verdicts} == {"alive"}
    assert host.most == 2


def test_crawl_delay_is_kept(lists: Lists, host: Host) -> None:
    rules = "User-agent: *\nCrawl-delay: 0.2\n"
    host.plays["/robots.txt"] = lambda r: r.answer(200, rules, content_type="text/plain")
    host.otherwise = lambda r: r.answer(200, b"x", content_type="text/plain")
    started = time()
    lists.write(**{f"r{n}": f"{host.url}/{n}" for n in range(8)}).look()
    assert time() - started >= 0.6
