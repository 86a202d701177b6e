"""What a terminal shows of an output: the right line for what moves the cursor."""

from __future__ import annotations

import pytest
from bounded import processor
from hypothesis import example, given, settings
from hypothesis import strategies as st

from fieldguide.base.bounds import PLAYED
from fieldguide.base.text import visible
from fieldguide.languages.comparing.terminal import PAGE_TABS, shown

SHOWN = [
    ("10%\r100%\n", "100%\n"),
    ("100%\rdone\n", "done\n"),
    ("100%\rok\x1b[K\n", "ok\n"),
    ("one\r\ntwo\r\n", "one\ntwo\n"),
    ("ab\b\bxy", "xy"),
    ("ab\b ", "a"),
    ("a\tb", "a       b"),
    ("12345678\tb", "12345678        b"),
    ("one\ntwo\x1b[1Aup\nx\n", "oneup\nxwo\n"),
    ("one\ntwo\x1b[2J\x1b[Hthree", "three"),
    ("\x1b[31mred\x1b[0m", "red"),
    ("\x1b[31mred\x1b[0m\rR", "Red"),
    ("\x1b]0;title\x07x", "x"),
    ("\x1b]8;;http://a.example\x07link\x1b]8;;\x07", "link"),
    ("bell\x07 and nul\x00", "bell\\x07 and nul\\x00"),
    ("bell\x07 first\rB", "Bell\\x07 first"),
    ("x" * 300 + "\ry", "y" + "x" * 299),
    ("漢字\rあ", "あ字"),
    ("no newline", "no newline"),
    ("\n\n", "\n\n"),
    ("", ""),
]


@pytest.mark.parametrize(("output", "text"), SHOWN)
def test_it_is_shown_as_it_stands_in_the_end(output: str, text: str) -> None:
    assert shown(output).rstrip("\n") == text.rstrip("\n")
    assert shown(output).count("\n") == text.count("\n")


def test_tabs_may_be_as_wide_as_on_a_page() -> None:
    assert shown("a\tb", PAGE_TABS) == "a   b"
    assert shown("a\tb\rc", PAGE_TABS) == "c   b"


@settings(deadline=None)
@given(st.text(alphabet=st.characters(blacklist_characters="\b\t\x1b\r")))
def test_text_that_moves_nothing_is_as_it_was(text: str) -> None:
    assert shown(text) == visible(text)


SEQUENCE = st.from_regex(
    r"\x1b(\[[0-9;?]{0,4}[ -/]?[@-~]|[ -~])|[ab\r\n\t\b\x07\x9b]", fullmatch=True
)


@settings(deadline=None)
@given(st.lists(SEQUENCE).map("".join))
@example("\x1b[?a")  # private to another terminal
@example("\x1b[;a")  # more numbers than it takes
@example("\x1b[9J")  # a number that it does not know
@example("\x1b[3K")
def test_any_output_is_shown_with_nothing_that_moves(output: str) -> None:
    assert visible(shown(output)) == shown(output)


def test_what_it_does_not_know_a_terminal_passes_over() -> None:
    assert shown("ab\r\x1b[?aX") == "Xb"
    assert shown("ab\r\x1b[1;1aX") == "aX"
    assert shown("ab\r\x1b[9JX") == "Xb"


SLOW = {
    "a picture": "a" * 50_000 + "\n" * 50_000 + "\x1b#8",
    "wide lines that are erased": "a" * 50_000 + "\n\x1b[2K" * 20_000,
    "many lines that scroll": "\x1b[999B" + "\n" * 150_000,
    "many lines that are inserted": "\n" * 50_000 + "\x1b[H" + "\x1b[L" * 30_000,
    "characters that are inserted": "a" * 50_000 + "\r" + "\x1b[@" * 30_000,
    "a mode that inserts": "a" * 50_000 + "\r\x1b[4h" + "b" * 50_000,
    "many tabs": "\t" * 150_000 + "\b",
    "screens that are erased": ("a" * 50_000) + "\x1b[2J" * 30_000,
}


@pytest.mark.parametrize("kind", SLOW)
def test_one_that_would_never_end_is_shown_as_it_came(kind: str) -> None:
    with processor():
        assert shown(SLOW[kind])


def test_a_long_one_takes_no_longer_than_it_is_worth() -> None:
    steps = "".join(f"\rstep {number}" for number in range(PLAYED // 10))
    with processor():
        assert shown(steps[: PLAYED - 1]).count("\n") == 0
        assert "\\r" in shown(steps * 2)
