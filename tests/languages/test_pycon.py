"""``pycon`` fences: doctests."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path
from typing import Any

import pytest
from bounded import processor
from fence_cases import cases, hold, readable
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from fieldguide.languages.grammar.pycon import Session
from fieldguide.languages.pycon import PYCON, PyconReply
from fieldguide.languages.pycon_example import ExampleReply
from fieldguide.model import Options


@pytest.mark.parametrize("case", cases("doctests"))
def test_a_fence(case: Path, request: pytest.FixtureRequest) -> None:
    hold(PYCON, case, request.config.getoption("--accept"))


def test_examples_that_are_not_skipped_are_sent_without_prompts() -> None:
    source = (
        ">>> for x in 'ab':\n...     x\n...\n'a'\n>>> y  # doctest: +SKIP\n>>> # note\n>>> z\n1"
    )
    parsed = PYCON.parse(source)
    assert PYCON.step(parsed, Options()) == {
        "examples": ["for x in 'ab':\n    x\n", "z\n"],
        "async": False,
    }
    assert [example.line for example in parsed.examples] == [0, 4, 6]


def test_output_that_no_doctest_can_expect_is_left_and_still_said() -> None:
    parsed = PYCON.parse(">>> f()\na")
    reply = PYCON.read({"got": [{"output": "... b\n", "raised": None}]})
    assert PYCON.bless(parsed, reply) == ">>> f()\na"
    assert [mismatch.line for mismatch in PYCON.compare(parsed, reply, Options())] == [1]


def _run(parsed: Session) -> PyconReply:
    """What an interpreter says to the examples."""
    got: list[dict[str, Any]] = []
    names: dict[str, Any] = {}
    for source in PYCON.step(parsed, Options())["examples"]:
        raised = None
        with contextlib.redirect_stdout(io.StringIO()) as output:
            try:
                exec(compile(source, "<stdin>", "single"), names)
            except Exception as error:
                kinds = [kind.__name__ for kind in type(error).__mro__]
                raised = {"names": kinds, "text": f"{type(error).__name__}: {error}"}
        got.append({"output": output.getvalue(), "raised": raised})
    return PYCON.read({"got": got})


def test_a_session_that_really_ran_is_blessed_to_what_it_said() -> None:
    parsed = PYCON.parse(
        ">>> def half(x):\n...     return x / 2\n...\n>>> half(3)\n>>> half('a')\n"
        ">>> half\n>>> print('a', '', 'b', sep='\\n')\n>>> import json\n>>> json.loads('{')\n"
    )
    reply = _run(parsed)
    raised = reply.got[-1].raised
    assert raised is not None
    blessed = PYCON.bless(parsed, reply)
    assert re.sub("0x[0-9a-f]+", "0x7f", blessed) == (
        ">>> def half(x):\n...     return x / 2\n...\n>>> half(3)\n1.5\n>>> half('a')\n"
        "Traceback (most recent call last):\n    ...\n"
        "TypeError: unsupported operand type(s) for /: 'str' and 'int'\n"
        ">>> half\n<function half at 0x7f>\n>>> print('a', '', 'b', sep='\\n')\na\n\nb\n"
        ">>> import json\n>>> json.loads('{')\nTraceback (most recent call last):\n    ...\n"
        f"{raised.text}\n"
    )
    assert PYCON.compare(PYCON.parse(blessed), _run(parsed), Options()) == []


LINES = st.sampled_from(["a", " b", "", "   ", "a...", ">>> x", "<BLANKLINE>", "0.31s", "1", "\ta"])
OUTPUTS = st.lists(LINES | st.text(max_size=5), max_size=5).map("\n".join)
MESSAGES = st.sampled_from(["ValueError", "a.b.ValueError: no", "ValueError: one\n\n  two\n>>> x"])
GOT = st.builds(lambda output: {"output": output, "raised": None}, OUTPUTS) | st.builds(
    lambda text: {"output": "", "raised": {"names": ["ValueError"], "text": text}}, MESSAGES
)
FENCES = st.lists(
    st.tuples(
        st.sampled_from([">>> f()", ">>> f(\n... )", ">>> if x:\n...     f()\n..."]),
        st.sampled_from(
            [
                "",
                "\na",
                "\na\n\nb ...\nc",
                "\n",
                "\n1\n",
                "\nTraceback (most recent call last):\n    ...\nValueError: no",
            ]
        ),
    ).map("".join),
    min_size=1,
    max_size=3,
).map("\n".join)


@settings(deadline=None)
@given(FENCES, st.data())
def test_what_is_blessed_holds_and_what_holds_is_not_changed(
    source: str, data: st.DataObject
) -> None:
    parsed = PYCON.parse(source)
    number = len(parsed.examples)
    got = data.draw(st.lists(GOT, min_size=number, max_size=number))
    # No doctest can expect these at the start.
    assume(
        not any(re.match(r"\s*(\.\.\.|>>>|<BLANKLINE>)", str(example["output"])) for example in got)
    )
    reply = PYCON.read({"got": got})
    blessed = PYCON.bless(parsed, reply)
    again = PYCON.parse(blessed)
    assert PYCON.step(again, Options()) == PYCON.step(parsed, Options())
    assert PYCON.compare(again, reply, Options()) == []
    assert PYCON.bless(again, reply) == blessed
    if PYCON.compare(parsed, reply, Options()) == []:
        assert blessed == source


@settings(deadline=None)
@given(
    st.lists(st.lists(st.text("abc", min_size=1), min_size=1, max_size=3), min_size=1), st.data()
)
def test_one_character_is_a_mismatch_at_its_line(
    outputs: list[list[str]], data: st.DataObject
) -> None:
    lines = [line for output in outputs for line in (">>> f()", *output)]
    got = ["".join(f"{line}\n" for line in output) for output in outputs]
    reply = PYCON.read({"got": [{"output": output, "raised": None} for output in got]})
    assert PYCON.compare(PYCON.parse("\n".join(lines)), reply, Options()) == []
    places = [number for number, line in enumerate(lines) if not line.startswith(">")]
    number = data.draw(st.sampled_from(places))
    lines[number] = lines[number][:-1] + "Z"
    mismatches = PYCON.compare(PYCON.parse("\n".join(lines)), reply, Options())
    assert [mismatch.line for mismatch in mismatches] == [number]


PARTS = st.sampled_from(
    [
        ">>> a",
        ">>>b",
        "... c",
        "...",
        "  >>> d",
        "",
        "# doctest: +X",
        ">>> # doctest: +SKIP",
        " e",
        "Traceback (most recent call last):",
        "\t>>> f",
        ">>> g  # doctest: ELLIPSIS",
    ]
)


@settings(deadline=None)
@given(st.lists(PARTS | st.text(max_size=6), max_size=6).map("\n".join))
def test_any_text_is_read_or_refused_at_one_of_its_lines(source: str) -> None:
    if readable(PYCON, source):
        PYCON.compare(PYCON.parse(source), PyconReply(()), Options())


@pytest.mark.whole
def test_an_output_of_many_lines_is_compared_and_blessed() -> None:
    lines = [f"line {number}" for number in range(20_000)]
    source = "\n".join([">>> a()", *lines[:-1], "another", "...", ">>> b()", "1"])
    parsed = PYCON.parse(source)
    output = "".join(f"{line}\n" for line in lines)
    reply = PyconReply((ExampleReply(output, None), ExampleReply("1\n", None)))
    with processor():
        [mismatch] = PYCON.compare(parsed, reply, Options())
        assert (mismatch.line, mismatch.message) == (20_000, 'expected "another", got "line 19999"')
        blessed = PYCON.parse(PYCON.bless(parsed, reply))
        assert PYCON.compare(blessed, reply, Options()) == []


@pytest.mark.whole
def test_many_examples_are_blessed() -> None:
    many = 3_000
    parsed = PYCON.parse("\n".join(f">>> {number}\nx" for number in range(many)))
    reply = PyconReply(tuple(ExampleReply(f"{number}\n", None) for number in range(many)))
    with processor():
        blessed = PYCON.bless(parsed, reply)
    assert blessed == "\n".join(f">>> {number}\n{number}" for number in range(many))
