"""Expected lines and lines that came: where they part, and what blessing keeps."""

from __future__ import annotations

import pytest
from bounded import processor
from hypothesis import example, given, settings
from hypothesis import strategies as st

from fieldguide.languages.comparing.lines import bless, fits, match, printed

SAME = [
    ("", ""),
    ("a\nb", "a\nb"),
    ("a\n\n\n", "a"),
    ("a", "a\n\n"),
    ("a\n\nb", "a\n\nb"),
    ("...", ""),
    ("...", "a\nb"),
    ("a\n...", "a"),
    ("a\n...\nc", "a\nc"),
    ("a\n...\nc", "a\nb\nc\nb\nc"),
    ("...\nb\n...\nb", "a\nb\nb"),
    ("...\n...\na", "a"),
    ("x is ...", "x is 7"),
    ("...y", "y"),
    ("a...b...c", "a1b2b3c"),
    ("<f at 0x...>", "<f at 0x7f3a5c0e1d30>"),
    ("<f at 0x...> in 0.31s", "<f at 0x7f3a5c0e1d30> in 0.44s"),
    ("2026-... is today", "2026-11-24 is today"),
    ("on http://127.0.0.1:8000/...", "on http://127.0.0.1:43210/items"),
    ("a  ", "a"),
    ("a", "\x1b[31ma\x1b[0m"),
]


@pytest.mark.parametrize(("expected", "actual"), SAME)
def test_these_match(expected: str, actual: str) -> None:
    assert match(expected.split("\n"), printed(actual)) is None
    assert bless(expected, actual) == expected


DIFFERENT = [
    ("a\nb", "a\nc", 1, 'expected "b", got "c"'),
    ("a\nb", "a", 1, 'expected "b", got no more output'),
    ("a", "a\nb", 0, 'expected no more output, got "b"'),
    ("", "a", -1, 'expected no more output, got "a"'),
    ("a\n\nb", "a\nb", 1, 'expected "", got "b"'),
    ("...\nb\nc", "a\nb\nd", 2, 'expected "c", got "d"'),
    ("...\nb", "a\nb\nc", 1, 'expected no more output, got "c"'),
    (
        "a\n...\nx\n...\nb",
        "a\nb",
        2,
        'expected "x" somewhere in the rest of the output, it is not there',
    ),
    ("...\nx", "", 1, 'expected "x" somewhere in the rest of the output, it is not there'),
    ("...\na\n...\nb\nc\n...", "a\nb\nx\nb\nb", 4, 'expected "c", got "x"'),
    ("aa...aa", "aaa", 0, 'expected "aa...aa", got "aaa"'),
    ("a ... b", "ax b", 0, 'expected "a ... b", got "ax b"'),
    ("  a", "a", 0, 'expected "  a", got "a"'),
    ("200", "404", 0, 'expected "200", got "404"'),
]


@pytest.mark.parametrize(("expected", "actual", "line", "message"), DIFFERENT)
def test_these_part(expected: str, actual: str, line: int, message: str) -> None:
    mismatch = match(expected.split("\n"), printed(actual))
    assert mismatch is not None
    assert (mismatch.line, mismatch.message) == (line, message)


BLESSED = [
    ("a\nb\nc", "a\nx\nc", "a\nx\nc"),
    ("at 2026-11-24\nb", "at 2027-01-01\nc", "at 2026-11-24\nc"),
    ("a\n...\nc", "a\n1\n2\nd", "a\n...\nd"),
    ("a\n...\nz", "b\n1\n2\nz", "b\n...\nz"),
    ("took ... or so\nb", "took 7 or so\nc", "took ... or so\nc"),
    ("...\nz", "1\n2\nz\nq", "...\nz\nq"),
    ("a\n...\nb", "", ""),
    ("", "a\nb", "a\nb"),
    ("a\nb", "a", "a"),
    ("x", "\x1b[1ma \x1b[0m\n\n", "a"),
    ("x\n2026-... end", "2026-01-01 end\n2025-01-01 end", "2026-... end\n2025-01-01 end"),
]


@pytest.mark.parametrize(("expected", "actual", "blessed"), BLESSED)
def test_blessing_keeps_what_holds(expected: str, actual: str, blessed: str) -> None:
    assert bless(expected, actual) == blessed


LINES = st.lists(
    st.sampled_from(
        [
            "a",
            "b",
            "...",
            "a...b",
            "axb",
            "",
            " a",
            "2026-11-24",
            "2027-01-01",
            "2027-...",
            "0.31s",
            "...s",
        ]
    )
    | st.text(max_size=4),
    max_size=8,
).map("\n".join)


@settings(deadline=None)
@given(LINES, LINES)
@example("2027-...", "2026-11-24\n2027-01-01")
def test_what_is_blessed_holds_and_stays(expected: str, actual: str) -> None:
    blessed = bless(expected, actual)
    assert match(blessed.split("\n"), printed(actual)) is None
    assert bless(blessed, actual) == blessed


WORDS = st.lists(st.text("abcdefgh ", min_size=1, max_size=8), min_size=1, max_size=6)


@settings(deadline=None)
@given(WORDS, st.data())
def test_one_character_is_a_mismatch_at_its_line(words: list[str], data: st.DataObject) -> None:
    lines = [f"{word}." for word in words]
    number = data.draw(st.integers(0, len(lines) - 1))
    place = data.draw(st.integers(0, len(lines[number]) - 1))
    changed = lines[number][:place] + "Z" + lines[number][place + 1 :]
    mismatch = match([*lines[:number], changed, *lines[number + 1 :]], lines)
    assert mismatch is not None
    assert mismatch.line == number
    assert (mismatch.expected, mismatch.actual) == (changed, lines[number])


def _slowly(expected: list[str], actual: list[str]) -> bool:
    """The definition, without a thought for time."""
    if not expected:
        return not actual
    if expected[0] == "...":
        return any(_slowly(expected[1:], actual[i:]) for i in range(len(actual) + 1))
    return bool(actual) and expected[0] == actual[0] and _slowly(expected[1:], actual[1:])


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(["a", "b", "..."]), max_size=7),
    st.lists(st.sampled_from(["a", "b"]), max_size=7),
)
def test_it_finds_what_the_definition_finds(expected: list[str], actual: list[str]) -> None:
    assert (match(expected, actual) is None) == _slowly(expected, actual)


@pytest.mark.parametrize("last", ["a", "b"])
@pytest.mark.whole
def test_many_anythings_take_no_time(last: str) -> None:
    with processor():
        match(["...", "a"] * 1000 + [last], ["a"] * 5000)
        fits("a...a..." * 1000 + last, "a" * 20_000)


def test_a_long_line_is_cut_in_a_message() -> None:
    mismatch = match(["x" * 1000], ["y" * 1000])
    assert mismatch is not None
    assert len(mismatch.message) < 300
    assert mismatch.actual == "y" * 1000


@pytest.mark.whole
def test_a_line_after_dots_is_told_of_however_many_are_alike() -> None:
    expected = ["...", *["a"] * 30_000, "b", "..."]
    with processor():
        mismatch = match(expected, ["a"] * 60_000)
        assert mismatch is not None
        assert (mismatch.line, mismatch.message) == (30_001, 'expected "b", got "a"')


@pytest.mark.whole
def test_what_would_take_too_long_is_said_at_its_line() -> None:
    expected = ["a", "...", *(f"a...{number}" for number in range(20_000))]
    actual = ["a", *(f"a{number}x" for number in range(30_000))]
    with processor():
        mismatch = match(expected, actual)
        assert mismatch is not None
        assert (mismatch.line, mismatch.message, mismatch.next) == (
            2,
            "there are too many lines with ... here to hold them against so long an output",
            "write fewer lines with ..., or print less",
        )
        assert bless("\n".join(expected), "\n".join(actual)) == "\n".join(actual)


@pytest.mark.whole
def test_lines_that_come_again_and_again_are_blessed() -> None:
    expected, actual = "a\nb\n" * 5_000, "b\na\na\n" * 5_000
    with processor():
        assert bless(expected, actual) == actual.rstrip("\n")
