"""Writing out what was printed, whatever a snippet has done to its streams."""

from __future__ import annotations

import io
import sys

import pytest

from fieldguide.worker.streams import flush, warning


@pytest.mark.parametrize(("wall", "seconds"), [(60, 0.5), (5, 0.5), (1, 0.1), (0, 0)])
def test_a_job_is_asked_shortly_before_its_end(wall: float, seconds: float) -> None:
    assert warning(wall) == pytest.approx(seconds)


class Broken(io.StringIO):
    """A stream that cannot be written out."""

    def flush(self) -> None:
        raise OSError("no space left")


class Counting(io.StringIO):
    """A stream that knows how often it was written out."""

    flushed = 0

    def flush(self) -> None:
        self.flushed += 1


@pytest.mark.parametrize("broken", [Broken(), None, "a snippet's own", io.StringIO()])
def test_one_stream_that_is_broken_keeps_no_other_back(
    broken: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    if isinstance(broken, io.StringIO) and type(broken) is io.StringIO:
        broken.close()
    whole = Counting()
    monkeypatch.setattr(sys, "stdout", broken)
    monkeypatch.setattr(sys, "stderr", whole)
    flush()
    assert whole.flushed == 1
