"""Why a process ended early: the outcome, the nearest line, and the output without the stack."""

from __future__ import annotations

import pytest
from passes import job

from fieldguide.model import Location, Outcome, Reply, Stopped
from fieldguide.results.endings import stop

STACK = (
    "printed\nTimeout (0:00:01)!\nThread 0x1 (most recent call first):\n"
    '  File "/usr/lib/python3.13/socket.py", line 9 in accept\n'
    '  File "/tmp/fieldguide-x1/app.py", line 4 in wait\n'
)
JUDGES = (
    "Timeout (0:00:01)!\nThread 0x1 (most recent call first):\n"
    '  File "contract.py", line 3 in test_a\n'
)


def reply(
    output: str = "", exit: int = 0, stopped: Stopped | None = None, judge: bool = False
) -> Reply:
    return Reply(None, output, exit, stopped, 1.0, judge=judge)


@pytest.mark.parametrize("stopped", [Stopped.TIME, Stopped.PROCESSOR])
def test_time_ran_out_at_a_line_of_the_snippet(stopped: Stopped) -> None:
    outcome, problem, output = stop(job(), reply(STACK, stopped=stopped))
    assert outcome is Outcome.TIMED_OUT
    assert problem.location == Location("snippets/routing/flask/app.py", 4)
    assert output.rstrip() == "printed"


def test_time_ran_out_nobody_knows_where() -> None:
    other = STACK.replace("fieldguide-x1/app.py", "elsewhere/app.py")
    _, problem, _ = stop(job(), reply(other, stopped=Stopped.TIME))
    assert problem.location == job().location


def test_a_contract_without_end_is_an_error_of_the_contract() -> None:
    outcome, problem, _ = stop(job(), reply(JUDGES, stopped=Stopped.TIME, judge=True))
    assert outcome is Outcome.ERRORED
    assert problem.location == Location("snippets/routing/contract.py", 3)
    assert problem.message == "the contract's checks did not end within 60 s"


@pytest.mark.parametrize(
    ("exit", "how"),
    [(3, "exit status 3"), (0, "exit status 0"), (-9, "signal SIGKILL"), (-99, "signal -99")],
)
def test_it_ended_by_itself(exit: int, how: str) -> None:
    how = how.replace("-99", "99")
    outcome, problem, output = stop(job(), reply("last words", exit))
    assert (outcome, output) == (Outcome.ERRORED, "last words")
    assert problem.message == f"routing/flask: it ended without a result ({how})"
    _, problem, _ = stop(job(), reply("", exit, judge=True))
    assert problem.message == f"the contract's checks ended without a result ({how})"


@pytest.mark.parametrize(
    ("stopped", "words"),
    [
        (Stopped.OUTPUT, "wrote more than 1024 KiB"),
        (Stopped.RECORD, "left too long a record"),
        (Stopped.PROCESSES, "ran more than 64 processes at once"),
        (Stopped.MEMORY, "used more than 512 MiB of memory"),
        (Stopped.FILES, "made too many files"),
    ],
)
def test_it_met_a_limit(stopped: Stopped, words: str) -> None:
    outcome, problem, _ = stop(job(), reply(stopped=stopped))
    assert outcome is Outcome.ERRORED
    assert problem.message == f"routing/flask: it {words}, and was stopped"
    outcome, problem, _ = stop(job(), reply(stopped=stopped, judge=True))
    assert problem.message == f"the contract's checks ended without a result (they {words})"
