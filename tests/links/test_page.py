"""What is looked at in an HTML page."""

from __future__ import annotations

import re

import pytest
from link_lists import OTHER, TEXT

from fieldguide.links import verdict
from fieldguide.links.web import page


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
