"""Servers that end or hang: each is a failure, and nothing of it goes on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from miniature import OK, WSGI, by_id, gone, miniature

from fieldguide.commands.verify.options import VerifyOptions
from fieldguide.commands.verify.run import verify
from fieldguide.model import Limits, Outcome, Result
from fieldguide.running import messages
from fieldguide.running.sandbox import Mode, sandbox

BREAKS = {
    "broken": ("def app(", "raise RuntimeError('at import')\ndef app("),
    "ending": ("    return", "    import os\n    os._exit(0)\n    return"),
    "silent": (
        "    return",
        "    import os, time\n    print('process', os.getpid())\n    time.sleep(600)\n    return",
    ),
}
BREAKING = {"broken": "flask", "ending": "bottle", "silent": "bottle"}


LOOKS = """
import ctypes, os, sys

C = ctypes.CDLL(None)

def judges():
    return [int(name) for name in os.listdir("/proc") if name.isdigit() and int(name) < PARENT]

def opened(process):
    try:
        for number in os.listdir(f"/proc/{process}/fd"):
            with open(f"/proc/{process}/fd/{number}", "wb"):
                return True
    except OSError:
        return False

def remembered(process):
    try:
        with open(f"/proc/{process}/mem", "r+b"):
            return True
    except OSError:
        return False

PARENT = os.getppid() if "gunicorn" in sys.modules or "waitress" in sys.modules else 0
FOUND = judges()
GOT = [p for p in FOUND if opened(p) or remembered(p) or C.ptrace(16, p, 0, 0) == 0]

def app(environ, start_response):
    start_response("500 No" if GOT or not FOUND else "200 OK", [("Content-Length", "0")])
    return []
"""
"""Looks into the processes that were there before its server: the judge, and whoever holds the
pipe that its record goes into."""


@pytest.mark.skipif(not sandbox(Mode.AUTO, True).bounded, reason="no sandbox here")
def test_the_application_cannot_look_into_its_judge(tmp_path: Path) -> None:
    files = {"looks/contract.py": OK, "looks/flask/app.py": LOOKS}
    root = miniature(tmp_path, {"flask"}, files)
    report = verify(root, ["looks"], VerifyOptions(server=True, mode=Mode.STRICT))
    assert [result.outcome for result in report.results] == [Outcome.PASSED]


@pytest.mark.skipif(not sandbox(Mode.AUTO, True).bounded, reason="no sandbox here")
def test_a_judge_that_uses_up_its_processor_time_says_so(tmp_path: Path) -> None:
    """It is process 1 of its sandbox, which a limit's signal does not end by itself."""
    contract = f"{OK}    while True:\n        pass\n"
    root = miniature(tmp_path, {"flask"}, {"a/contract.py": contract, "a/flask/app.py": WSGI})
    options = VerifyOptions(server=True, mode=Mode.STRICT, limits=Limits(600.0, cpu_seconds=1))
    (result,) = verify(root, ["a"], options).results
    assert result.outcome is Outcome.TIMED_OUT
    assert "of processor time" in result.reason


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
