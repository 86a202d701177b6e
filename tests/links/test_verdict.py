"""What an answer means: a page that is there, gone, moved, or another one now."""

from __future__ import annotations

from datetime import date

import pytest
from link_lists import OTHER, TEXT, Lists
from playing_server import Host, Request

from fieldguide.links import verdict, wording


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


@pytest.mark.parametrize(
    ("code", "html", "outcome"),
    [
        (404, "<title>Not found</title>", "failed"),
        (404, "<title>Not found</title></html>\n", "missing"),
        (200, f"<title>Handlers</title>{TEXT}", "unknown"),
        (200, f"<title>Handlers</title>{TEXT}</HTML >", "missing"),
        (200, "<title>Page not found</title>", "unknown"),
    ],
)
def test_a_page_that_ends_with_its_connection_is_whole_where_it_says_so(
    lists: Lists, host: Host, code: int, html: str, outcome: str
) -> None:
    """A server that dies in the middle ends the connection, too."""

    def play(request: Request) -> None:
        request.close_connection = True
        head = f"HTTP/1.1 {code} So\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n"
        request.wfile.write(f"{head}{html if request.command == 'GET' else ''}".encode())

    host.plays["/a"] = play
    assert lists.write(a=f"{host.url}/a#part").one().outcome == outcome


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


def test_a_redirect_to_another_owner_may_be_a_sale(lists: Lists, host: Host, second: Host) -> None:
    second.plays_page("/a", "Handlers", TEXT)
    one = lists.write(a=host.plays_redirect("/a", f"{second.url}/a")).one()
    assert one.outcome == "changed"
    assert "another owner" in one.notes[0]


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


@pytest.mark.parametrize("code", [401, 403, 429])
def test_what_answers_no_programs_is_never_good(lists: Lists, host: Host, code: int) -> None:
    host.plays["/a"] = lambda request: request.answer(code, "no", retry_after="3600")
    found = lists.write(a=f"{host.url}/a").look()
    assert found.verdicts[0].outcome == "unknown"
    assert wording.status(found) == 0
    seen = lists.seen()["a"]
    assert "seen" not in seen
    assert "could not be checked" in seen["note"]


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
