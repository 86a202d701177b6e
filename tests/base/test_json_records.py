"""Records as JSON and back."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import pytest
import samples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fieldguide.base.json_records import from_json, strict_loads, to_json
from fieldguide.model import Failure, Location, Outcome, Report, Result
from fieldguide.model.bounds import Bounds

st.register_type_strategy(str, st.text(st.characters(exclude_categories=()), max_size=9))
st.register_type_strategy(float, st.floats(0, 1e6))
st.register_type_strategy(int, st.integers(0, 1000))
st.register_type_strategy(Path, st.builds(Path, st.text("ab/.", min_size=1, max_size=9)))
st.register_type_strategy(bool, st.booleans())


@pytest.mark.whole
@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(st.from_type(Report))
def test_every_report_comes_back_as_it_was(report: Report) -> None:
    assert from_json(Report, json.loads(json.dumps(to_json(report)))) == report


def test_a_report_comes_back_as_it_was() -> None:
    report = samples.report(samples.result(samples.deviating(), samples.failed()))
    assert from_json(Report, json.loads(json.dumps(to_json(report)))) == report


@settings(deadline=None)
@given(st.from_type(Failure))
def test_an_empty_text_is_not_the_same_as_none(failure: Failure) -> None:
    read = from_json(Failure, json.loads(json.dumps(to_json(failure))))
    assert (read.expected, read.actual) == (failure.expected, failure.actual)


def test_what_is_default_or_empty_is_left_out() -> None:
    assert to_json(Location("snippets")) == {"path": "snippets"}
    assert to_json(Location("", 3)) == {"line": 3}
    assert from_json(Location, {}) == Location("")
    assert to_json(Failure(Location("a"), "b", expected="")) == {
        "location": {"path": "a"},
        "message": "b",
        "expected": "",
    }


def test_records_hold_what_a_snippet_may_answer() -> None:
    result = samples.result(samples.check(exchanges=(samples.exchange(body=samples.HOSTILE),)))
    assert from_json(Result, json.loads(json.dumps(to_json(result)))) == result


@pytest.mark.parametrize(
    "wrong",
    [
        None,
        [],
        "text",
        7,
        {"id": "a"},
        {"unknown": 1},
        {"path": 7},
        {"path": None},
        {"line": "7"},
        {"path": "a", "line": 7.5},
        {"path": "a", "line": True},
    ],
)
@pytest.mark.parametrize("kind", [Location, Result, Failure])
def test_what_is_no_record_is_refused(kind: type, wrong: Any) -> None:
    with pytest.raises((TypeError, ValueError, KeyError)):
        from_json(kind, wrong)


def test_an_unknown_outcome_is_refused() -> None:
    value = to_json(samples.result()) | {"outcome": "perhaps"}
    with pytest.raises(ValueError, match="perhaps"):
        from_json(Result, value)


def test_a_key_that_the_record_does_not_have_is_refused() -> None:
    value = to_json(samples.result()) | {"colour": "green"}
    with pytest.raises(ValueError, match="unknown: 'colour'"):
        from_json(Result, value)


def test_a_field_of_a_new_kind_needs_no_new_code() -> None:
    @dataclass(frozen=True)
    class Pair:
        both: tuple[str, int]
        outcome: Outcome | None = None

    assert to_json(Pair(("a", 1), Outcome.PASSED)) == {"both": ["a", 1], "outcome": "passed"}


@dataclass(frozen=True)
class Bounded:
    """A record whose fields have bounds."""

    number: Annotated[int, Bounds(9, -1)] = 0
    share: Annotated[float, Bounds(1)] = 0.0
    text: Annotated[str, Bounds(3)] = ""
    both: Annotated[tuple[str, ...], Bounds(2, 1)] = ("a",)


@pytest.mark.parametrize(
    "members",
    [{"number": -1}, {"number": 9}, {"share": 1}, {"text": "abc"}, {"both": ["a", "b"]}, {}],
)
def test_what_keeps_its_bounds_is_read(members: dict[str, Any]) -> None:
    record = from_json(Bounded, members)
    assert to_json(record) == {name: value for name, value in members.items() if value}


@pytest.mark.parametrize(
    ("members", "why"),
    [
        ({"number": -2}, "number: expected from -1 to 9, got -2"),
        ({"number": 10**5000}, "number: expected from -1 to 9, got far more"),
        ({"number": False}, "number: expected int, got bool"),
        ({"share": 1.5}, "share: expected from 0 to 1, got 1.5"),
        ({"share": float("nan")}, "share: expected a number, got float"),
        ({"share": float("inf")}, "share: expected a number, got float"),
        ({"share": True}, "share: expected a number, got bool"),
        ({"text": "abcd"}, "text: expected from 0 to 3, got 4"),
        ({"both": []}, "both: expected from 1 to 2, got 0"),
        ({"both": [7, 7, 7]}, "both: expected from 1 to 2, got 3"),
        ({"both": ["a", 7]}, "both: expected str, got int"),
        ({"x" * 1000: 1}, f"unknown: '{'x' * 40}'"),
    ],
)
def test_what_does_not_keep_them_is_refused_in_words(members: dict[str, Any], why: str) -> None:
    with pytest.raises(ValueError, match=f"{re.escape(why)}$"):
        from_json(Bounded, members)


def test_json_of_strangers() -> None:
    assert strict_loads(b'{"a": [1.5, null]}') == {"a": [1.5, None]}
    refused = {
        b'{"a": 1, "a": 1}': "twice",
        b"[-Infinity]": "-Infinity is no number",
        b"[" * 100_000: "nested too deeply",
        b"{": "line 1",
        b'"\xff"': "decode",
    }
    for content, why in refused.items():
        with pytest.raises(ValueError, match=why):
            strict_loads(content)
