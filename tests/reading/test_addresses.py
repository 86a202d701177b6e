"""Addresses: which two are one page, and what does not belong in one."""

from __future__ import annotations

import pytest

from fieldguide.reading import addresses


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/a", "http://www.example.org/a/"),
        ("https://example.org/a", "https://EXAMPLE.org:443/a#part"),
        ("https://example.org/a?x=1&y=2", "https://example.org/a?y=2&x=1&utm_source=list"),
        ("https://example.org/a/", "https://example.org/a/index.html"),
        ("https://example.org/zo%C3%AB", "https://example.org/zoë"),
        ("https://example.org/%7Ea", "https://example.org/~a"),
    ],
)
def test_one_page_written_in_two_ways(one: str, other: str) -> None:
    assert addresses.same(one) == addresses.same(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/a", "https://example.org/b"),
        ("https://example.org/a", "https://example.org/A"),
        ("https://example.org/a?page=1", "https://example.org/a?page=2"),
        ("https://example.org:8443/a", "https://example.org/a"),
        ("https://docs.example.org/a", "https://example.org/a"),
        ("https://example.org/a%2Fb", "https://example.org/a/b"),
    ],
)
def test_two_pages(one: str, other: str) -> None:
    assert addresses.same(one) != addresses.same(other)


def test_what_only_says_where_a_reader_comes_from() -> None:
    url = "https://example.org/a?utm_source=x&page=2&tag=flask&ref=y"
    assert addresses.tracking(url) == ["utm_source", "ref"]
    assert addresses.tracking("https://www.amazon.com/a?tag=me-20") == ["tag"]


@pytest.mark.parametrize(
    ("path", "pinned"),
    [
        ("/en/3.0/a", ("3.0", "stable")),
        ("/en/dev/a", ("dev", "stable")),
        ("/en/stable/a", None),
        ("/en/a", None),
    ],
)
def test_one_version_of_a_documentation_that_has_a_moving_one(
    path: str, pinned: tuple[str, str] | None
) -> None:
    assert (
        addresses.pinned(f"https://docs.example.org{path}", {"docs.example.org": "stable"})
        == pinned
    )
    assert (
        addresses.pinned(f"https://other.example.org{path}", {"docs.example.org": "stable"}) is None
    )
