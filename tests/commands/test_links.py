"""Progress of the link checker, on a terminal and off it."""

from __future__ import annotations

import io

from fieldguide.commands.progress.links import LinkProgress
from fieldguide.links.model import Answer, Target, Verdict

ALIVE = Verdict(Target("https://example.org/a"), Answer("https://example.org/a", 200), "alive")
GONE = Verdict(Target("https://example.org/b"), Answer("https://example.org/b", 404), "missing")


class Terminal(io.StringIO):
    """A stream that says that somebody looks at it."""

    def isatty(self) -> bool:
        return True


def test_a_terminal_keeps_a_line_a_finding() -> None:
    stream = Terminal()
    with LinkProgress(stream) as progress:
        progress.judged(ALIVE, 2)
        progress.judged(GONE, 2)
    assert "missing  https://example.org/b" in stream.getvalue()
    assert "alive" not in stream.getvalue()


def test_elsewhere_nothing_is_shown() -> None:
    stream = io.StringIO()
    with LinkProgress(stream) as progress:
        progress.judged(GONE, 1)
    assert stream.getvalue() == ""
