"""``text {.output}``: what is printed against what is expected."""

from __future__ import annotations

from pathlib import Path

import pytest
from fence_cases import cases, hold_output
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldguide.languages.output import bless, compare


@pytest.mark.parametrize("case", cases("outputs"))
def test_an_output(case: Path, request: pytest.FixtureRequest) -> None:
    hold_output(case, request.config.getoption("--accept"))


@settings(deadline=None)
@given(st.text(), st.text())
def test_what_is_blessed_holds_and_what_holds_is_not_changed(source: str, output: str) -> None:
    blessed = bless(source, output)
    assert compare(blessed, output) == []
    assert bless(blessed, output) == blessed
    if compare(source, output) == []:
        assert blessed == source
