"""What a robots.txt lets the link checker ask for, and how often."""

from __future__ import annotations

import pytest

from fieldguide.links.web.robots import AGENT, Robots

A, B = "https://example.org/a/page", "https://example.org/b/page"


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        (None, [A, B]),
        ("", [A, B]),
        ("User-agent: *\nDisallow: /a/\n", [B]),
        ("User-agent: *\nDisallow: /\nAllow: /a/\n", [A]),
        ("User-agent: *\nDisallow:\n", [A, B]),
        ("User-agent: Other\nDisallow: /\n", [A, B]),
        (f"User-agent: {AGENT}\nDisallow: /a/\n\nUser-agent: *\nDisallow: /\n", [B]),
        (f"User-agent: *\nDisallow:\n\nUser-agent: {AGENT.upper()}\nDisallow: /\n", []),
        ("User-agent: *\nDisallow: /*/page$\n", []),
        ("<html>Not found</html>", [A, B]),
    ],
)
def test_rules(text: str | None, allowed: list[str]) -> None:
    robots = Robots(text)
    assert [url for url in (A, B) if robots.allows(url)] == allowed


@pytest.mark.parametrize("text", [None, "User-agent: *\nAllow: /\n"])
def test_a_host_that_cannot_be_reached_allows_nothing(text: str | None) -> None:
    assert not Robots(text, reachable=False).allows(A)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        (None, 0),
        ("User-agent: *\nDisallow: /a/\n", 0),
        ("User-agent: *\nCrawl-delay: 2.5\n", 2.5),
        ("User-agent: *\nCrawl-delay: 3600\n", 10),
        (f"User-agent: *\nCrawl-delay: 5\n\nUser-agent: {AGENT}\nCrawl-delay: 1\n", 1),
        ("User-agent: *\nCrawl-delay: soon\n", 0),
    ],
)
def test_the_wait_between_two_requests(text: str | None, seconds: float) -> None:
    assert Robots(text).delay == seconds
