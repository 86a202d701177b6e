"""Where a process was when its time was over, read from what it wrote last."""

from __future__ import annotations

import pytest

from fieldguide.running.stacks import last_stack

STACK = '  File "/tmp/a/app.py", line 7 in work\n  File "/tmp/a/main.py", line 2 in <module>\n'
PLACES = [("/tmp/a/app.py", 7), ("/tmp/a/main.py", 2)]


@pytest.mark.parametrize(
    "head",
    [
        "Timeout (0:00:02)!\nThread 0x01 (most recent call first):\n",
        "Stack (most recent call first):\n",
    ],
)
def test_a_stack_is_cut_off(head: str) -> None:
    assert last_stack(f"printed\n{head}{STACK}") == ("printed\n", PLACES)


def test_the_last_of_two_counts() -> None:
    first = 'Stack (most recent call first):\n  File "x.py", line 1 in f\n'
    output, places = last_stack(f"{first}Stack (most recent call first):\n{STACK}")
    assert (output, places) == (first, PLACES)


def test_output_without_a_stack_is_left_as_it_is() -> None:
    assert last_stack('File "x.py", line 1 in f\n') == ('File "x.py", line 1 in f\n', [])
