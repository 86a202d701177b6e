"""A run of expected lines among printed ones: the first place of most of it."""

from __future__ import annotations

import pytest
from bounded import processor
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldguide.languages.comparing.line import Candidates, Line, TooMuchError, Work
from fieldguide.languages.comparing.places import Place, find

LINES = st.lists(st.sampled_from(["a", "b", "ab", "a...", "...b"]), max_size=5)
PRINTED = st.lists(st.sampled_from(["a", "b", "ab"]), max_size=8)


def by_trying(part: list[Line], actual: list[Line], at: int) -> Place:
    """Every place after the other."""
    best = Place(at, 0)
    for place in range(at, len(actual)):
        pairs = list(zip(part, actual[place:], strict=False))
        fit = [expected.fits(line) for expected, line in pairs]
        length = fit.index(False) if False in fit else len(fit)
        best = Place(place, length) if length > best.length else best
    return best


@settings(deadline=None)
@given(LINES, PRINTED, st.integers(0, 3))
def test_it_finds_what_trying_every_place_finds(
    expected: list[str], printed: list[str], at: int
) -> None:
    part, actual = [Line(text) for text in expected], [Line(text) for text in printed]
    assert find(part, actual, at, Work()) == by_trying(part, actual, at)


@pytest.mark.parametrize("text", ["a", "a..."])
@pytest.mark.whole
def test_lines_that_are_all_alike_are_looked_at_once(text: str) -> None:
    part = [*(Line(text) for _ in range(30_000)), Line("b")]
    actual = [Line("a")] * 60_000
    with processor():
        assert find(part, actual, 0, Work()) == Place(0, 30_000)


@pytest.mark.whole
def test_lines_that_have_nothing_in_common_are_too_much() -> None:
    part = [Line(f"a...{number}") for number in range(20_000)]
    actual = [Line(f"a{number}x") for number in range(20_000)]
    with processor(), pytest.raises(TooMuchError):
        find(part, actual, 0, Work())


def test_the_first_candidate_that_fits_is_taken() -> None:
    candidates = Candidates(["a", "b1", "b2", "a"])
    texts = {
        text: line.text if (line := candidates.fitting(Line(text), Work())) else None
        for text in ("a", "b...", "c", "...", "...2")
    }
    assert texts == {"a": "a", "b...": "b1", "c": None, "...": "a", "...2": "b2"}
