"""Servers that end or hang: each is a failure, and nothing of it goes on."""

from __future__ import annotations

import re

import pytest
from miniature import OK, WSGI, by_id, gone, miniature

from fieldguide.commands.verify.options import VerifyOptions
from fieldguide.commands.verify.run import verify
from fieldguide.model import Limits, Outcome, Result
from fieldguide.running import messages
from fieldguide.running.sandbox import Mode

BREAKS = {
    "broken": ("def app(", "raise RuntimeError('at import')\ndef app("),
    "ending": ("    return", "    import os\n    os._exit(0)\n    return"),
    "silent": (
        "    return",
        "    import os, time\n    print('process', os.getpid())\n    time.sleep(600)\n    return",
    ),
}
BREAKING = {"broken": "flask", "ending": "bottle", "silent": "bottle"}


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Result]:
    files = {}
    for concept, (old, new) in BREAKS.items():
        files[f"{concept}/contract.py"] = OK
        files[f"{concept}/{BREAKING[concept]}/app.py"] = WSGI.replace(old, new)
    root = miniature(tmp_path_factory.mktemp("broken"), {"flask", "bottle"}, files)
    ended = by_id(verify(root, ["broken", "ending"], VerifyOptions(server=True)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(messages, "SERVER_SECONDS", 8.0)
        limits = Limits(wall_seconds=2.0)
        silent = verify(root, ["silent"], VerifyOptions(server=True, limits=limits, mode=Mode.OFF))
        return ended | by_id(silent)


@pytest.mark.parametrize(
    ("concept", "outcome", "words"),
    [
        ("broken", Outcome.FAILED, "the server ended with status"),
        ("ending", Outcome.FAILED, "expected an answer from the server"),
        ("silent", Outcome.TIMED_OUT, "did not end"),
    ],
)
def test_a_server_that_ends_or_hangs_is_no_pass(
    concept: str, outcome: Outcome, words: str, broken: dict[str, Result]
) -> None:
    result = broken[f"{concept}/{BREAKING[concept]}"]
    assert result.outcome is outcome
    assert words in result.reason


def test_a_server_that_hangs_leaves_no_process(broken: dict[str, Result]) -> None:
    (process, *_) = re.findall(r"process (\d+)", broken["silent/bottle"].output)
    assert gone(int(process))
