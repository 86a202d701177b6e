"""Two runs of one output: what is the same in both is compared to the last character."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldguide.languages import output
from fieldguide.languages.comparing import doctests, json_difference, lines
from fieldguide.languages.comparing.normalise import RULES, Cause, spans
from fieldguide.languages.comparing.other import Other, doubtful, kept, part

FORMS = {
    "date": lambda n: f"20{n:02}-{n % 12 + 1:02}-{n % 28 + 1:02}",
    "clock": lambda n: f"{n % 24:02}:{n % 60:02}:{n % 60:02}",
    "mail": lambda n: f"Tue, {n % 28 + 1:02} Nov 20{n:02} 19:19:31 GMT",
    "log": lambda n: f"24/Nov/20{n:02}:19:19:31 +0000",
    "words": lambda n: f"Tue Nov 24 19:19:31 20{n:02}",
    "uuid": lambda n: f"123e4567-e89b-12d3-a456-4266141740{n:02}",
    "hash": lambda n: f"{n:02}" + "a1" * 15,
    "address": lambda n: f"<object at 0x7f3a5c0d41{n:02}>",
    "constant": lambda n: f"0xdeadbeef{n:04}",
    "port": lambda n: f"http://127.0.0.1:{8000 + n}/",
    "pair": lambda n: f"('127.0.0.1', {8000 + n})",
    "timing": lambda n: f"in {100 + n}.5 s",
}
"""What looks as if it differed from run to run, by a number below 100."""
KINDS = sorted(FORMS)
NUMBERS = st.integers(0, 99)
PIECES = st.lists(
    st.tuples(
        st.sampled_from(KINDS), st.integers(0, 49), st.integers(50, 99), NUMBERS, st.booleans()
    ),
    max_size=4,
)
"""Kinds, each with its number in this run, in the other run and on the page; and whether the code
determines it. What it does not is never again what it was."""


def other(*texts: str, moved: bool = True, seconds: float = 1.0) -> Other[Sequence[str]]:
    return Other(list(texts), moved, seconds)


def text(words: Sequence[tuple[str, int]]) -> str:
    return " and ".join(["it", *(FORMS[kind](number) for kind, number in words), "end"])


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_the_same_in_both_runs_is_compared(kind: str) -> None:
    one, two = (FORMS[kind](number) for number in (1, 2))
    assert doubtful(one)
    assert lines.match([one], [one], other(one)) is None
    differs = lines.match([two], [one], other(one))
    assert differs is not None
    assert (differs.expected, differs.actual) == (two, one)


@pytest.mark.parametrize("kind", KINDS)
def test_what_differs_between_the_runs_is_made_equal(kind: str) -> None:
    one, two, three = (FORMS[kind](number) for number in (1, 2, 3))
    assert lines.match([three], [one], other(two)) is None
    assert lines.match([three], [two], other(one)) is None


@settings(deadline=None)
@given(PIECES)
def test_only_what_differed_is_made_equal(pieces: list[tuple[str, int, int, int, bool]]) -> None:
    came = text([(kind, one) for kind, one, *_ in pieces])
    again = text([(kind, one if stays else two) for kind, one, two, _, stays in pieces])
    page = text([(kind, three) for kind, _, _, three, _ in pieces])
    result = lines.match([page], [came], other(again))
    right = all(three == one for _, one, _, three, stays in pieces if stays)
    if right:
        assert result is None
    elif len({(kind, one) for kind, one, *_ in pieces} | {(p[0], p[3]) for p in pieces}) == 2 * len(
        pieces
    ):
        # Nothing is there twice, so nothing can be taken for something else.
        assert result is not None


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(KINDS), NUMBERS), min_size=1, max_size=4), st.data())
def test_two_equal_runs_hold_for_nothing_but_what_came(
    words: list[tuple[str, int]], data: st.DataObject
) -> None:
    came = text(words)
    assert lines.match([came], [came], other(came)) is None
    place = data.draw(st.integers(0, len(words) - 1))
    kind, number = words[place]
    wrong = [*words[:place], (kind, (number + data.draw(st.integers(1, 98))) % 100)]
    page = text([*wrong, *words[place + 1 :]])
    if page != came:
        assert lines.match([page], [came], other(came)) is not None


@settings(deadline=None)
@given(st.text(), st.text())
def test_any_two_texts_are_equal_where_two_runs_are_only_if_they_are_the_same(
    page: str, came: str
) -> None:
    shown = lines.printed(came)
    if lines.match(page.split("\n"), shown, Other(shown, True, 0.0)) is None and "..." not in page:
        old, new = (
            [line.rstrip() for line in lines.trimmed(some)] for some in (page.split("\n"), shown)
        )
        always = {span.rule.name for line in old for span in spans(line)}
        assert old == new or always


@pytest.mark.parametrize("moved", [False, True])
def test_without_another_clock_two_equal_dates_tell_nothing(moved: bool) -> None:
    page, came = "2026-11-24 19:19:31", "2026-11-25 10:00:00"
    assert (lines.match([page], [came], other(came, moved=moved)) is None) is not moved


@pytest.mark.parametrize(
    ("came", "seconds", "measured"),
    [
        ("2.5 s", 1.0, False),
        ("2.5 s", 3.0, True),
        ("0.0 s", 1.0, True),
        ("0.1 s", 0.06, True),
        ("0.12 s", 0.06, False),
        ("900ms", 0.5, False),
        ("900 milliseconds", 1.0, True),
        ("40 microseconds", 1e-5, False),
        ("40 µs", 1e-3, True),
        ("40us", 1e-5, False),
        ("40 ns", 1e-3, True),
        ("40 ns", 1e-9, False),
    ],
)
def test_a_duration_that_is_longer_than_the_run_was_not_measured(
    came: str, seconds: float, measured: bool
) -> None:
    number = came.split()[0].rstrip("munsµ")
    page = came.replace(number, "7.5", 1)
    assert (lines.match([page], [came], other(came, seconds=seconds)) is None) is measured


@pytest.mark.parametrize(
    ("page", "came", "again"),
    [
        # Today is by chance the constant, in this run or in the one from which the page has it.
        (["2026-01-01", "2026-11-24"], ["2026-11-24", "2026-11-24"], ["2026-11-25", "2026-11-24"]),
        (["2026-11-24", "2026-11-24"], ["2026-12-01", "2026-11-24"], ["2026-12-02", "2026-11-24"]),
    ],
)
def test_a_constant_that_is_todays_date_is_no_trap(
    page: list[str], came: list[str], again: list[str]
) -> None:
    assert lines.match(page, came, Other(again, True, 1.0)) is None
    assert lines.match(page, again, Other(came, True, 1.0)) is None


def test_a_folder_a_process_id_and_a_line_of_a_traceback_are_equal_whatever_came() -> None:
    came = ["/tmp/fieldguide-1-a/x", "pid 12", 'File "a.py", line 3', "/x/tmpabcdefgh"]
    page = ["/tmp/fieldguide-2-b/x", "pid 13", 'File "a.py", line 4', "/x/tmphgfedcba"]
    assert lines.match(page, came, Other(came, True, 1.0)) is None
    assert not any(map(doubtful, page))


def test_what_may_differ_beside_dots_asks_for_a_second_run() -> None:
    assert doubtful("until...2026-11-24")
    assert not doubtful("2026-...")
    assert not doubtful("HTTP/1.1 200 OK")


def test_without_another_run_all_that_looks_so_is_equal() -> None:
    assert kept(["2026-11-24"], ["2026-11-25"], None) == frozenset()
    assert lines.match(["2026-11-24"], ["2026-11-25"]) is None
    assert part(None, str) is None
    assert part(Other("x", True, 1.0), lambda value: None) is None


def test_in_a_doctest() -> None:
    page, came = "'2026-11-24'\n", "'2026-11-25'\n"
    for flags in (0, 8):  # doctest.ELLIPSIS
        assert doctests.holds(page, came, flags, Other("'2026-11-26'\n", True, 1.0))
        assert not doctests.holds(page, came, flags, Other(came, True, 1.0))
        assert doctests.reached(page, came, flags, Other(came, True, 1.0)) == 0


def test_in_json() -> None:
    page, came = {"at": ["2026-11-24"]}, {"at": ["2026-11-25"]}
    assert json_difference.difference(page, came, Other({"at": ["2026-11-26"]}, True, 1.0)) is None
    differs = json_difference.difference(page, came, Other(came, True, 1.0))
    assert differs is not None
    assert differs[0] == ("at", 0)
    merged = json_difference.merged({**page, "x": 1}, {**came, "x": 2}, Other(came, True, 1.0))
    assert merged == {"at": ["2026-11-25"], "x": 2}
    shapes: list[Any] = [{}, {"at": []}, [], {"at": {"0": "x"}}, {"at": [1]}]
    for without in shapes:
        assert json_difference.difference(page, came, Other(without, True, 1.0)) is None


@settings(deadline=None)
@given(PIECES)
def test_what_is_blessed_holds_in_both_runs(
    pieces: list[tuple[str, int, int, int, bool]],
) -> None:
    came = text([(kind, one) for kind, one, *_ in pieces])
    again = text([(kind, one if stays else two) for kind, one, two, _, stays in pieces])
    page = text([(kind, three) for kind, _, _, three, _ in pieces])
    blessed = output.bless(page, came, Other(again, True, 1.0))
    assert output.compare(blessed, came, Other(again, True, 1.0)) == []
    assert output.compare(blessed, again, Other(came, True, 1.0)) == []
    if lines.match([page], [came], other(again)) is None:
        assert blessed == page


def test_every_cause_is_of_some_rule() -> None:
    assert {rule.cause for rule in RULES} == set(Cause)
