"""Tracebacks as prompts show them: which lines count, and how they are written on a page."""

from __future__ import annotations

import pytest

from fieldguide.languages.grammar import tracebacks

PLAIN = """\
Traceback (most recent call last):
  File "<python-input-2>", line 1, in <module>
    f()
    ~^^
ValueError: x
  its second line
a note
"""
GROUP = """\
  + Exception Group Traceback (most recent call last):
  |   File "<stdin>", line 1, in <module>
  |     raise eg
  | ExceptionGroup: eg (2 sub-exceptions)
  +-+---------------- 1 ----------------
    | Traceback (most recent call last):
    |   File "<stdin>", line 3, in f
    | ValueError: 1
    +---------------- 2 ----------------
    | TypeError: x
    +------------------------------------
"""
SYNTAX = '  File "<pycon 0.4>", line 1\n    x = = 1\n        ^\nSyntaxError: invalid syntax\n'
COUNTED = {
    PLAIN: [0, 4, 5, 6],
    PLAIN.replace("  File", "...\n  File"): [0, 5, 6, 7],
    GROUP: [0, 3, 4, 5, 7, 8, 9, 10],
    SYNTAX: [0, 1, 2, 3],
    "plain\n  text\n": [0, 1],
}


@pytest.mark.parametrize("text", COUNTED)
def test_calls_do_not_count(text: str) -> None:
    lines = text.split("\n")[:-1]
    assert [number for number, _ in tracebacks.counted(lines)] == COUNTED[text]
    assert tracebacks.raises(lines) is (text != "plain\n  text\n")


@pytest.mark.parametrize("name", ["<stdin>", "<python-input-17>", "<pycon 3.0>"])
def test_every_python_has_another_name_for_what_is_typed(name: str) -> None:
    assert tracebacks.text(SYNTAX.replace("<pycon 0.4>", name)) == tracebacks.text(SYNTAX)
    assert tracebacks.text(f"{name}:1: Warning\n") == "<stdin>:1: Warning\n"
    assert tracebacks.text('  File "a.py", line 1\n') != tracebacks.text('  File "b.py", line 1\n')


def test_they_are_written_with_dots_for_their_calls() -> None:
    assert tracebacks.written(PLAIN.split("\n")[:-1], 0) == [
        "Traceback (most recent call last):",
        "    ...",
        "ValueError: x",
        "  its second line",
        "a note",
    ]
    written = tracebacks.written(GROUP.split("\n")[:-1], 0)
    assert written[:2] == ["  + Exception Group Traceback (most recent call last):", "  |     ..."]
    assert written[4:7] == [
        "    | Traceback (most recent call last):",
        "    |     ...",
        "    | ValueError: 1",
    ]
    assert tracebacks.written(SYNTAX.split("\n")[:1], 4) == ['  File "<python-input-4>", line 1']
    assert tracebacks.text("".join(f"{line}\n" for line in written)) == tracebacks.text(GROUP)


def test_the_detail_of_an_exception_may_be_left_out() -> None:
    text = tracebacks.text("Traceback (most recent call last):\n    ...\na.b.KeyError: 'x'\n")
    assert tracebacks.plain(text) == "\nKeyError\n"
