"""The time of a report: now, or that of a reproducible build."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from fieldguide.commands.reports.build_time import build_time


def test_a_reproducible_build_has_a_fixed_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert build_time().isoformat() == "2023-11-14T22:13:20+00:00"


@pytest.mark.parametrize("empty", [True, False])
def test_any_other_build_has_its_own(monkeypatch: pytest.MonkeyPatch, empty: bool) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    if empty:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "")
    before = datetime.now(UTC)
    assert before <= build_time() <= datetime.now(UTC)
