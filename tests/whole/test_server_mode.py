"""The same contracts over sockets, under the server that each page names for production, and on a
machine where seconds pass between two requests."""

from __future__ import annotations

import re

import pytest
from miniature import (
    FRAMEWORKS,
    OK,
    ROOT,
    SNIPPETS,
    WSGI,
    alike,
    by_id,
    files_of,
    gone,
    miniature,
    seen,
)

from fieldguide import processes
from fieldguide.model import Limits, Outcome, Result
from fieldguide.project import collect
from fieldguide.sandbox import Mode
from fieldguide.verify import verify

PROJECT = collect(ROOT)


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Result]:
    """The snippets' results in process."""
    root = miniature(tmp_path_factory.mktemp("process"), FRAMEWORKS, files_of(SNIPPETS))
    return by_id(verify(root))


@pytest.fixture(scope="module")
def there() -> dict[str, Result]:
    """Their results under the servers; kept in the project, whose pages then say so."""
    return by_id(verify(ROOT, server=True, use_cache=False))


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Result]:
    """Their results in process, by a clock that is slow, and gains whenever it is read."""
    files = files_of(SNIPPETS)
    for path in files:
        if path.endswith("app.py"):
            files[path] = CLOCK + files[path]
    return by_id(verify(miniature(tmp_path_factory.mktemp("later"), FRAMEWORKS, files)))


CLOCK = b"""\
import time as _time
_clock, _ahead = _time.time, [-600.0]
def _later():
    _ahead[0] += 0.7
    return _clock() + _ahead[0]
_time.time = _later
"""


@pytest.mark.parametrize("id", PROJECT.snippets)
def test_the_server_gives_the_same(
    id: str, here: dict[str, Result], there: dict[str, Result]
) -> None:
    assert_same(here[id], there[id])
    assert there[id].server == PROJECT.frameworks[there[id].framework].server


TIMED = "middleware/tornado"
"""What tells its own time by that clock; its contract holds that against a true one."""


@pytest.mark.parametrize("id", [id for id in PROJECT.snippets if id != TIMED])
def test_what_is_shown_depends_on_no_clock(
    id: str, here: dict[str, Result], later: dict[str, Result]
) -> None:
    assert_same(here[id], later[id])


def assert_same(one: Result, other: Result) -> None:
    """That both passed, by the same exchanges; skips what this Python's release cannot run."""
    if other.outcome is Outcome.SKIPPED:
        pytest.skip(other.reason)
    assert other.outcome is Outcome.PASSED, other.reason
    assert one.outcome is other.outcome
    assert other.versions == one.versions
    for mine, real in zip(one.checks, other.checks, strict=True):
        assert mine.check.name == real.check.name
        assert mine.outcome is real.outcome
        assert len(mine.exchanges) == len(real.exchanges)
        for exchange, beside in zip(mine.exchanges, real.exchanges, strict=True):
            assert alike(exchange.request) == alike(beside.request)
            assert seen(exchange) == seen(beside, exchange)


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
    ended = by_id(verify(root, ["broken", "ending"], server=True))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(processes, "SERVER_SECONDS", 2.0)
        limits = Limits(wall_seconds=1.0)
        silent = verify(root, ["silent"], server=True, limits=limits, mode=Mode.OFF)
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
