"""A page that takes too long to be rendered is ended, in whatever it is."""

from __future__ import annotations

import re
from time import process_time
from typing import NoReturn

import pytest

from fieldguide.base.problems import line
from fieldguide.model import Problem
from fieldguide.showing import patience


class EndedError(Exception):
    """The watch has called."""


def end(problem: Problem) -> NoReturn:
    raise EndedError(line(problem))


def test_a_pattern_that_never_ends_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "SECONDS", 0.05)
    patience.start("docs/a.md", end)
    try:
        with pytest.raises(EndedError, match=r"^docs/a\.md: to render this page takes longer"):
            re.match("(a+)+b", "a" * 60)
    finally:
        patience.stop()


def test_who_catches_it_is_called_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """As superfences does, which shows a fence without its formatter."""
    monkeypatch.setattr(patience, "SECONDS", 0.05)
    monkeypatch.setattr(patience, "AGAIN", 0.2)
    patience.start("docs/a.md", end)
    try:
        for _ in range(2):
            with pytest.raises(EndedError):
                re.match("(a+)+b", "a" * 60)
    finally:
        patience.stop()


def test_a_page_in_time_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "SECONDS", 0.05)
    patience.start("docs/a.md", end)
    patience.stop()
    begun = process_time()
    while process_time() < begun + 0.1:
        pass
