"""``console`` fences: commands, what they print, and their statuses."""

from __future__ import annotations

from pathlib import Path

import pytest
from bounded import processor
from fence_cases import cases, hold, readable
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldguide.languages.console import CONSOLE, CommandReply, ConsoleReply
from fieldguide.model import Options


@pytest.mark.parametrize("case", cases("transcripts"))
def test_a_fence(case: Path, request: pytest.FixtureRequest) -> None:
    hold(CONSOLE, case, request.config.getoption("--accept"))


def test_commands_are_sent_without_prompts_and_with_their_heredocs() -> None:
    source = "(.venv) $ cat <<EOF \\\n> | sort\n> b\n> > a\n> EOF\n> a\nb\n$\n$ echo 'x\n> y'\nx\n"
    assert CONSOLE.step(CONSOLE.parse(source), Options()) == {
        "commands": ["cat <<EOF \\\n| sort\nb\n> a\nEOF", "echo 'x\ny'"],
        "interrupted": [],
    }


def test_a_heredoc_with_greater_signs_of_its_own_keeps_them() -> None:
    source = "$ cat <<EOF\n> quoted\nplain\nEOF\n"
    assert CONSOLE.parse(source).commands[0].text == "cat <<EOF\n> quoted\nplain\nEOF"


TEXT = st.lists(
    st.sampled_from(["$ ls", "$", "(v) $ x", "> a", "a", "", "...", "a...b", "<<EOF", "EOF", "'"])
    | st.text(max_size=6),
    max_size=6,
).map("\n".join)
FENCES = st.lists(
    st.tuples(
        st.sampled_from(["$ a", "(v) $ b", "$ cat <<E\n$ c\nE", "$ 'x\n> y'"]),
        st.lists(st.sampled_from(["one", "...", "t...o", "", "> a", "at 9:10:11"]), max_size=4),
    ),
    min_size=1,
    max_size=4,
).map(lambda parts: "\n".join("\n".join([command, *output]) for command, output in parts))


def _reply(outputs: list[str]) -> ConsoleReply:
    return ConsoleReply(tuple(CommandReply(output, 0) for output in outputs))


@settings(deadline=None)
@given(FENCES, st.data())
def test_what_is_blessed_holds_and_what_holds_is_not_changed(
    source: str, data: st.DataObject
) -> None:
    parsed = CONSOLE.parse(source)
    number = len(parsed.commands)
    reply = _reply(data.draw(st.lists(TEXT, min_size=number, max_size=number)))
    blessed = CONSOLE.bless(parsed, reply)
    again = CONSOLE.parse(blessed)
    assert CONSOLE.step(again, Options()) == CONSOLE.step(parsed, Options())
    assert CONSOLE.compare(again, reply, Options()) == []
    assert CONSOLE.bless(again, reply) == blessed
    if CONSOLE.compare(parsed, reply, Options()) == []:
        assert blessed == source


@settings(deadline=None)
@given(
    st.lists(st.lists(st.text("abc", min_size=1), min_size=1, max_size=3), min_size=1), st.data()
)
def test_one_character_is_a_mismatch_at_its_line(
    outputs: list[list[str]], data: st.DataObject
) -> None:
    lines = [line for output in outputs for line in ("$ true", *output)]
    reply = _reply(["\n".join(output) for output in outputs])
    assert CONSOLE.compare(CONSOLE.parse("\n".join(lines)), reply, Options()) == []
    places = [number for number, line in enumerate(lines) if not line.startswith("$")]
    number = data.draw(st.sampled_from(places))
    lines[number] = lines[number][:-1] + "Z"
    mismatches = CONSOLE.compare(CONSOLE.parse("\n".join(lines)), reply, Options())
    assert [mismatch.line for mismatch in mismatches] == [number]


@settings(deadline=None)
@given(TEXT | st.text())
def test_any_text_is_read_or_refused_at_one_of_its_lines(source: str) -> None:
    if readable(CONSOLE, source):
        assert CONSOLE.step(CONSOLE.parse(source), Options())["commands"]


def test_a_command_of_many_lines_is_read_once() -> None:
    lines = 40_000
    with processor():
        continued = CONSOLE.parse("$ a \\\n" + "> b \\\n" * lines + "> c")
        quoted = CONSOLE.parse("$ a '\n" + "b\n" * lines + "'\nc")
        heredoc = CONSOLE.parse("$ a <<E\n" + "b\n" * lines + "E\nc")
        block = CONSOLE.parse("$ for a in b; do\n" + "> b\n" * lines + "> done\nc")
    texts = [parsed.commands[0].text for parsed in (continued, quoted, heredoc, block)]
    assert [text.count("b") for text in texts] == [lines, lines, lines, lines + 1]
    assert [parsed.commands[0].output for parsed in (quoted, heredoc, block)] == [("c",)] * 3
