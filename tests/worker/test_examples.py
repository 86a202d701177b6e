"""Examples of an interactive session, and what a terminal would show of each."""

from __future__ import annotations

import builtins
import logging
import os
import sys
from asyncio import Runner
from typing import Any

import pytest

from fieldguide.worker.fences.examples import Run, Screen, run_examples


def replies(
    *examples: str, cap: int = 1000, screen: Screen | None = None, run: Run | None = None
) -> list[tuple[str, str | None]]:
    """What each example prints, and the name of what it raises."""
    records = run_examples(
        list(examples),
        "<example {}>".format,
        {},
        lambda error: {"name": type(error).__name__},
        cap,
        screen or Screen(),
        run,
    )
    return [(record["output"], record["raised"] and record["raised"]["name"]) for record in records]


def test_values_are_shown_and_names_are_kept() -> None:
    assert replies("a = 2\n", "a * 3\n", "None\n", "print('x', end='')\n") == [
        ("", None),
        ("6\n", None),
        ("", None),
        ("x\n", None),
    ]


def test_the_next_example_runs_whatever_was_raised() -> None:
    assert replies("1/0\n", "raise SystemExit\n", "x =\n", "1\n") == [
        ("", "ZeroDivisionError"),
        ("", "SystemExit"),
        ("", "SyntaxError"),
        ("1\n", None),
    ]


def test_an_import_from_the_future_holds_for_the_next_ones() -> None:
    future = "from __future__ import annotations\n"
    source = "def f(x: nowhere): pass\n"
    assert replies(source)[0][1] == ("NameError" if sys.version_info < (3, 14) else None)
    assert replies(future, source)[1] == ("", None)


def test_output_is_cut() -> None:
    assert replies("print('x' * 50)\n", cap=10) == [("x" * 10, None)]


def test_a_closed_output_harms_nobody() -> None:
    for name in ("out", "err"):
        examples = f"import sys; sys.std{name}.close()\n", "print(1, file=sys.stderr)\n", "2\n"
        assert replies(*examples) == [("", None), ("1\n", None), ("2\n", None)]


def test_nothing_is_left_behind() -> None:
    def state() -> tuple[Any, ...]:
        streams = sys.stdout, sys.stderr, os.fstat(1), len(os.listdir("/dev/fd"))
        return *streams, sys.displayhook, getattr(builtins, "_", None)

    screen = Screen()
    before = state()
    replies("5\n", screen=screen)
    assert state() == before


def test_bytes_are_printed_as_text() -> None:
    write = "import sys; sys.stdout.buffer.write(b'a\\xff\\n')\n"
    assert replies(write, "sys.stdout.encoding\n") == [
        ("a\\xff\n3\n", None),
        ("'utf-8'\n", None),
    ]


def test_both_streams_and_programs_are_shown_in_their_order() -> None:
    example = (
        "import os, sys\nprint(1); print(2, file=sys.stderr); os.system('echo 3'); "
        "print(4); os.write(1, b'5\\n'); print(6, file=sys.stderr)\n"
    )
    first, second = example.split("\n", 1)
    shown = replies(f"{first}\n", second)[1][0]
    assert shown == "1\n2\n3\n0\n4\n5\n2\n6\n"


def test_a_log_goes_on_where_it_began() -> None:
    """Its stream is that of the first example, also for another fence of the group."""
    screen = Screen()
    log = "import logging; log = logging.getLogger('of a session'); "
    begin = f"{log}log.addHandler(logging.StreamHandler())\n"
    warn = f"{log}log.warning('careful')\n"
    assert replies(begin, warn, screen=screen)[1] == ("careful\n", None)
    logging.getLogger("of a session").warning("between two fences")
    assert replies(warn, screen=screen) == [("careful\n", None)]


@pytest.mark.parametrize(
    ("code", "said"), [("'goodbye'", "goodbye\n"), ("3", ""), ("", ""), ("None", "")]
)
def test_a_session_says_its_last_words(code: str, said: str) -> None:
    assert replies(f"raise SystemExit({code})\n") == [(said, "SystemExit")]


def test_await_stands_outside_of_functions_where_it_is_asked_for() -> None:
    space: dict[str, Any] = {}
    with Runner() as runner:

        def run(code: Any) -> None:
            async def main() -> None:
                if (work := eval(code, space)) is not None:
                    await work

            runner.run(main())

        example = "import asyncio\n", "await asyncio.sleep(0, 'x')\n", "1 + 1\n"
        assert replies(*example, run=run) == [("", None), ("'x'\n", None), ("2\n", None)]
    assert replies(*example)[1] == ("", "SyntaxError")


def test_a_syntax_error_has_its_line_as_at_a_prompt() -> None:
    caught: list[SyntaxError] = []

    def raised(error: BaseException) -> dict[str, Any]:
        assert isinstance(error, SyntaxError)
        caught.append(error)
        return {}

    for source in ("await x\n", "x = = 1\n"):
        run_examples([source], "<example {}>".format, {}, raised, 100, Screen())
        assert caught[-1].text == source
