"""What a robots.txt lets the link checker ask for, and how often."""

from __future__ import annotations

import pytest

from fieldguide.links.web.robots import AGENT, rule

A, B = "https://example.org/a/page", "https://example.org/b/page"


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
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
def test_rules(text: str, allowed: list[str]) -> None:
    assert [url for url in (A, B) if rule(text, url).allowed] == allowed


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("User-agent: *\nDisallow: /a/\n", 0),
        ("User-agent: *\nCrawl-delay: 2.5\n", 2.5),
        ("User-agent: *\nCrawl-delay: 3600\n", 10),
        (f"User-agent: *\nCrawl-delay: 5\n\nUser-agent: {AGENT}\nCrawl-delay: 1\n", 1),
        ("User-agent: *\nCrawl-delay: soon\n", 0),
    ],
)
def test_the_wait_between_two_requests(text: str, seconds: float) -> None:
    assert rule(text, A).delay == seconds
