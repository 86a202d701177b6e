"""The bar of a terminal: lines stay above it, and nothing of it stays when it goes."""

from __future__ import annotations

import io
import re

from samples import HOSTILE

from fieldguide.base.text import one_line
from fieldguide.commands.progress.live import LiveBar

SHOW, HIDE = "\x1b[?25h", "\x1b[?25l"
"""The cursor, given back and taken away."""


def plain(stream: io.StringIO) -> str:
    """What was drawn, without what moves the cursor and colours."""
    return re.sub(r"\x1b\[[\d;?]*[a-zA-Z]", "", stream.getvalue())


def test_nothing_is_drawn_before_there_is_work() -> None:
    stream = io.StringIO()
    bar = LiveBar(stream)
    bar.advance("routing/flask")
    bar.close()
    assert stream.getvalue() == ""


def test_the_cursor_is_given_back_as_often_as_it_is_taken() -> None:
    stream = io.StringIO()
    bar = LiveBar(stream)
    for _ in range(2):  # it may be used again
        bar.start("verifying", 2)
        bar.close()
        bar.close()
    drawn = stream.getvalue()
    assert drawn.count(HIDE) == drawn.count(SHOW) == 2


def test_the_work_that_is_shown_is_the_latest() -> None:
    stream = io.StringIO()
    bar = LiveBar(stream)
    bar.wait("making the environment [flask]")
    bar.wait("making the environment [bottle]")
    bar.start("verifying", 2)
    assert bar._progress is not None
    (task,) = bar._progress.tasks
    assert (task.description, task.completed, task.total) == ("verifying", 0, 2)
    bar.advance("routing/flask")
    assert (task.description, task.completed) == ("routing/flask", 1)
    bar.close()


def test_a_line_stays_above_the_bar_as_it_is() -> None:
    """It is no markup of Rich, and nothing that a terminal obeys."""
    stream = io.StringIO()
    bar = LiveBar(stream)
    bar.start("verifying", 1)
    bar.print("failed [red]", style="red")
    bar.print(f"failed {HOSTILE}")
    bar.close()
    assert "failed [red]\n" in plain(stream)
    assert one_line(HOSTILE) != HOSTILE
    assert "\x1b[31m'" not in stream.getvalue()
