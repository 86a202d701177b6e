"""Progress of a run: a live line on a terminal, plain lines anywhere else."""

from __future__ import annotations

import io
from dataclasses import replace

from samples import HOSTILE, check, deviating, failed, result

from fieldguide.commands.progress.bar import ProgressBar
from fieldguide.model import Outcome


def test_progress_is_plain_lines_off_a_terminal() -> None:
    stream = io.StringIO()
    with ProgressBar(stream) as progress:
        progress.say("making the environment flask")
        progress.start(2, 0)
        progress.done(result(check()))
        progress.done(result(check(), deviating()))
        progress.done(result(outcome=Outcome.ERRORED, reason=f"boom\n{HOSTILE}"))
    lines = stream.getvalue().splitlines()
    assert lines[:4] == [
        "making the environment flask",
        "verifying 2 snippets",
        "passed    routing/flask  1 check",
        "passed    routing/flask  2 checks, 1 deviation",
    ]
    assert lines[4].startswith("errored   routing/flask  boom </script>")
    assert "\x1b" not in stream.getvalue()


def test_what_is_left_out_is_told_with_its_reason() -> None:
    stream = io.StringIO()
    out = replace(check(outcome=Outcome.SKIPPED), left_out="no TLS here")
    with ProgressBar(stream) as progress:
        progress.done(result(check(), out))
    assert stream.getvalue() == (
        "passed    routing/flask  2 checks; left out test_converts: no TLS here\n"
    )


def test_progress_on_a_terminal_leaves_only_failures() -> None:
    stream = io.StringIO()
    with ProgressBar(stream, live=True) as progress:
        progress.say("making the environment [flask]")
        progress.start(2, 0)
        progress.done(result(check()))
        progress.done(result(failed(), outcome=Outcome.FAILED, reason="expected 404, got 500"))
    assert "expected 404, got 500" in stream.getvalue()
