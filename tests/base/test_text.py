"""Text made fit to be shown."""

from __future__ import annotations

import pytest
from bounded import processor

from fieldguide.base.text import (
    SLUG,
    code_spans,
    count,
    invisible,
    one_line,
    slug,
    tail,
    visible,
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\tb\nc", "a\tb\nc"),
        ("a\r\nb", "a\nb"),
        ("a\rb", "a\\rb"),
        ("\x1b[31m", "\\x1b[31m"),
        ("\x00\x7f\x9f", "\\x00\\x7f\\x9f"),
        ("\u202eevil\u2066", "\\u202eevil\\u2066"),
        ("\u2028", "\\u2028"),
        ("\ud800", "\\ud800"),
        ("a\u200b\u200c\u200db", "a\\u200b\\u200c\\u200db"),
        ("\u00ad\u061c\ufeff\u3164", "\\xad\\u061c\\ufeff\\u3164"),
        ("\u200e\u2060\u180e\u115f\uffa0\u2800", "\\u200e\\u2060\\u180e\\u115f\\uffa0\\u2800"),
        ("ok\U000e0041\U000e0100", "ok\\U000e0041\\U000e0100"),
        ("a\ufe01\ufe0f", "a\\ufe01\\ufe0f"),
        ("\ufe00", "\\ufe00"),
        ("\u26a0\ufe0f\ufe0f", "\u26a0\ufe0f\\ufe0f"),
        ("1\ufe0f\u20e3", "1\ufe0f\u20e3"),
        ("caf\u00e9 \U0001f600", "caf\u00e9 \U0001f600"),
    ],
)
def test_what_nobody_sees_is_escaped(text: str, shown: str) -> None:
    assert visible(text) == shown
    assert visible(shown) == shown


def test_each_character_that_nobody_sees_has_its_line() -> None:
    assert list(invisible("a\u200bb\r\nc\n\x1b[31m\u202e\n")) == [
        (1, "\u200b"),
        (3, "\x1b"),
        (3, "\u202e"),
    ]
    assert list(invisible("zo\u00eb\t\U0001f600\n")) == []


def test_one_line_has_no_second_one() -> None:
    assert one_line("a\nb\r\nc\x02") == "a b c\\x02"


def test_counted_nouns() -> None:
    assert [count(number, "check") for number in (0, 1, 2)] == ["0 checks", "1 check", "2 checks"]


def test_the_end_of_a_text_says_what_was_left_out() -> None:
    assert tail("a\nb\nc\n", 3) == "a\nb\nc"
    assert tail("a\nb\nc\nd\n\n", 3) == "... 1 line before\nb\nc\nd"
    assert tail("a\nb\nc\nd", 1) == "... 3 lines before\nd"


@pytest.mark.parametrize("text", ["Routing", "URL routing!", "--a--", "\u00e9", ""])
def test_a_slug_is_a_name_whatever_it_is_made_of(text: str) -> None:
    assert SLUG.fullmatch(slug(text))
    assert slug("URL routing!") == "url-routing"
    assert slug("\u00e9") == "concept"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", []),
        ("a `b` c", ["`b`"]),
        ("a ``b`c`` `d`", ["``b`c``", "`d`"]),
        ("`a ``b`", ["`a ``b`"]),
        ("``a`", []),
        ("`", []),
        ("``", []),
        ("`a` b`", ["`a`"]),
    ],
)
def test_inline_code_ends_at_as_many_marks_as_it_starts_with(text: str, code: list[str]) -> None:
    assert [text[start:end] for start, end, _ in code_spans(text)] == code


@pytest.mark.parametrize(
    "text", ["`" * 100_000, "`a" * 100_000, "".join("`" * n + "a" for n in range(600))]
)
def test_backticks_without_end_are_looked_at_once(text: str) -> None:
    with processor():
        list(code_spans(text))
