"""Progress of a build: never silent for long, and not a line a snippet."""

from __future__ import annotations

import io

from samples import check, result

from fieldguide.commands.progress.steps import Steps


def told(seconds: float) -> list[str]:
    stream = io.StringIO()
    steps = Steps(stream, seconds)
    steps.say("making the environment flask (23 distributions) ...")
    steps.start(2, 1)
    for _ in range(3):
        steps.done(result(check()))
    return stream.getvalue().splitlines()


def test_what_takes_long_is_said_and_what_is_quick_is_not() -> None:
    begin = [
        "making the environment flask (23 distributions) ...",
        "verifying 2 snippets, 1 group of fences ...",
    ]
    assert told(600) == begin
    assert told(0) == [*begin, "verified 1 of 3 ...", "verified 2 of 3 ..."]
