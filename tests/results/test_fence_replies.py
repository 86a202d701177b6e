"""Each step gets what it printed and what it left, however damaged that is."""

from __future__ import annotations

from typing import Any

import pytest
from sample_groups import group_of, python

from fieldguide.languages.python import PythonReply
from fieldguide.model import (
    DamagedRecord,
    GroupRecord,
    Mismatch,
    Refusal,
    RefusalReason,
    Reply,
    Stopped,
)
from fieldguide.results.fence_replies import Damaged, FenceReplies

QUIET: dict[str, Any] = {"raised": None, "threads": []}
RAISED = {**QUIET, "raised": {"names": ["ValueError"], "text": "ValueError: no"}}
GROUP = group_of(python("a = 1\nb = 2"), python("c = 3"))


def mark(step: int | str) -> str:
    return f"\n\x1em {step}\x1e\n"


def replies(output: str = "", record: Any = None, **changes: Any) -> FenceReplies:
    exit, stopped = changes.get("exit", 0), changes.get("stopped")
    group_record = None if record is None else GroupRecord(**record)
    return FenceReplies(GROUP, Reply(group_record, output, exit, stopped, 1.0, mark="m"))


def test_each_step_has_what_it_printed() -> None:
    left = replies(f"before{mark(0)}one{mark(1)}two{mark('end')}after", {"steps": [QUIET, QUIET]})
    assert left.outputs == {0: "one", 1: "two"}
    assert left.text == "beforeonetwoafter"
    assert left.steps == [PythonReply(None, ()), PythonReply(None, ())]
    assert left.ended_well


def test_without_a_record_only_the_step_that_was_begun_last_is_judged() -> None:
    left = replies(f"{mark(0)}one{mark(1)}tw", exit=-9)
    assert (left.first, left.ended_well, list(left.steps)) == (1, False, [])
    assert replies(record={"steps": [QUIET]}).first == 0


@pytest.mark.parametrize("changes", [{"exit": 1}, {"stopped": Stopped.OUTPUT}])
def test_what_was_stopped_is_no_pass_whatever_it_says_of_its_last_step(
    changes: dict[str, Any],
) -> None:
    left = replies(f"{mark(0)}{mark(1)}", {"steps": [QUIET, QUIET]}, **changes)
    assert len(left.steps) == 1


def test_a_refusal_is_in_the_words_of_the_process() -> None:
    refusal = Refusal(RefusalReason.NO_APP, "no app")
    assert replies(record={"error": refusal}).refusal == "no app"
    assert replies(record={"steps": []}).refusal is None


@pytest.mark.parametrize("step", [7, None, [], {}, {**QUIET, "more": 1}])
def test_nonsense_is_damage_and_damage_fails(step: object) -> None:
    left = replies(record={"steps": [step]})
    assert isinstance(left.steps[0], Damaged)
    assert left.fails(0, GROUP.entries[0])


def test_a_damaged_record_has_no_steps() -> None:
    left = FenceReplies(GROUP, Reply(DamagedRecord("no list"), "", 0, None, 1.0, mark="m"))
    assert (list(left.steps), left.refusal) == ([], None)


def test_code_that_raises_fails() -> None:
    left = replies(record={"steps": [QUIET, RAISED]})
    assert [left.fails(index, entry) for index, entry in enumerate(GROUP.entries)] == [False, True]


def test_lines_of_the_program_are_lines_of_the_page() -> None:
    left = replies()
    first, second = (entry.fence.lines for entry in GROUP.entries)
    assert [left.place(number) for number in range(5)] == [None, *first, *second, None]
    assert left.located('File "main.py", line 2, in f\nFile "main.py", line 9') == (
        f'File "{first[1].path}", line {first[1].line}, in f\nFile "main.py", line 9'
    )


def test_a_mismatch_stands_at_its_line_or_in_the_step_that_it_names() -> None:
    left, fence = replies(), GROUP.entries[0].fence
    assert left.line(Mismatch(1, "no"), fence) == fence.lines[1]
    assert left.line(Mismatch(-1, "no"), fence) == fence.location
    assert left.line(Mismatch(0, "no", step=1), fence) == GROUP.entries[1].fence.lines[0]
    assert left.line(Mismatch(0, "no", step=99), fence) == fence.lines[0]


def test_where_time_ran_out() -> None:
    stack = 'Timeout (0:00:01)!\n  File "/x/main.py", line 3 in <module>\n'
    assert replies().where_time_ran_out(stack) == GROUP.entries[1].fence.lines[0]
    assert replies().where_time_ran_out("nothing") is None
