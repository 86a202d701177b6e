"""Who is starved of a processor, and how much more time they get."""

from __future__ import annotations

import pytest

from fieldguide.model import Reply, Stopped
from fieldguide.running.again import starvation


def reply(stopped: Stopped | None, seconds: float, waited: float | None) -> Reply:
    return Reply(None, "", 0, stopped, seconds, waited)


@pytest.mark.parametrize(
    ("given", "starved"),
    [
        (reply(Stopped.TIME, 60, 54), True),
        (reply(Stopped.TIME, 60, 6), True),
        (reply(Stopped.TIME, 60, 5), False),
        (reply(Stopped.TIME, 60, None), True),
        (reply(Stopped.PROCESSOR, 60, 54), False),
        (reply(None, 60, 54), False),
    ],
)
def test_who_is_starved(given: Reply, starved: bool) -> None:
    assert starvation.starved(given) is starved


@pytest.mark.parametrize(
    ("waited", "times"), [(None, 2), (0, 2), (30, 4), (45, 8), (54, 10), (60, 10), (300, 10)]
)
def test_who_waited_gets_more_time(waited: float | None, times: float) -> None:
    assert starvation.patience(reply(Stopped.TIME, 60, waited)) == pytest.approx(times)
