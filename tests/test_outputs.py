"""``text {.output}``: what is printed against what is expected."""

from __future__ import annotations

from pathlib import Path

import pytest
from fence_cases import cases, hold
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldguide import outputs


@pytest.mark.parametrize("case", cases("outputs"))
def test_an_output(case: Path, request: pytest.FixtureRequest) -> None:
    hold(outputs, case, request.config.getoption("--accept"))


@settings(deadline=None)
@given(st.text(), st.text())
def test_what_is_blessed_holds_and_what_holds_is_not_changed(source: str, output: str) -> None:
    blessed = outputs.bless(outputs.parse(source), output)
    again = outputs.parse(blessed)
    assert outputs.compare(again, output) == []
    assert outputs.bless(again, output) == blessed
    if outputs.compare(outputs.parse(source), output) == []:
        assert blessed == source
