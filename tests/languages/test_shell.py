"""Whether a shell command goes on in the next line."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldguide.languages.grammar.shell import Scanner, Unfinished, scan

PIECES = [
    *("a", " ", "\n", "\\", "\\\n", "'", '"', "$'", "#", " #", "<<<", "<<E", "<<-'X'", "$"),
    *("if ", "then", "fi", "for ", "do", "done", "case ", "esac", "while "),
    *(";", "|", "||", "&", "&&", "(", ")", "((", "))", "{", "}"),
]
GOES_ON = [
    ("echo a", None),
    ("echo a \\", Unfinished.BACKSLASH),
    ("echo a \\\\", None),
    ("echo 'a \\'", None),
    ("echo 'a", Unfinished.QUOTE),
    ('echo "a \\"', Unfinished.QUOTE),
    ('echo "it\'s"', None),
    ("echo $'it\\'s'", None),
    ("echo \\'", None),
    ("echo a # don't", None),
    ("echo a#b'", Unfinished.QUOTE),
    ("echo $#", None),
    ("a |", Unfinished.OPERATOR),
    ("a && # and then", Unfinished.OPERATOR),
    ("a ||", Unfinished.OPERATOR),
    ("a &", None),
    ("echo '|'", None),
    ("echo \\|", None),
    ("", None),
    ("for x in a b; do", Unfinished.BLOCK),
    ("for x in a b; do\necho $x", Unfinished.BLOCK),
    ("for x in a b; do\necho $x\ndone", None),
    ("if true; then echo; fi", None),
    ("if true; then", Unfinished.BLOCK),
    ("echo if for case {", None),
    ("f() {", Unfinished.BLOCK),
    ("f() { echo; }", None),
    ("echo ${x} {a,b} $(pwd)", None),
    ("echo $(pwd", Unfinished.BLOCK),
    ("case x in a) echo;; (b) ls;; esac", None),
    ("case x in a) echo", Unfinished.BLOCK),
    ("python -c 'if x:' (", Unfinished.BLOCK),
    ("echo )", None),
]


@pytest.mark.parametrize(("command", "why"), GOES_ON)
def test_why_a_command_goes_on(command: str, why: Unfinished | None) -> None:
    assert scan(command)[0] == why


HEREDOCS = [
    ("cat <<EOF", [("EOF", False)]),
    ("cat << 'END OF IT' > a", [("END OF IT", False)]),
    ('cat <<-"X" <<Y', [("X", True), ("Y", False)]),
    ("cat <<\\EOF", [("EOF", False)]),
    ("cat <<<EOF", []),
    ("echo '<<EOF'", []),
    ("echo $((1<<n))", []),
    ("((x = 1<<n)); cat <<EOF", [("EOF", False)]),
    ("echo a # <<EOF", []),
]


@pytest.mark.parametrize(("command", "heredocs"), HEREDOCS)
def test_heredocs_are_found(command: str, heredocs: list[tuple[str, bool]]) -> None:
    assert [(heredoc.delimiter, heredoc.tabs) for heredoc in scan(command)[1]] == heredocs


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
@settings(deadline=None, max_examples=300)
def test_a_command_read_line_by_line_goes_on_for_the_same_reason(command: str) -> None:
    first, *others = command.split("\n")
    scanner = Scanner()
    why = scanner.feed(first)
    for line in others:
        why = scanner.feed(f"\n{line}")
    assert (why, scanner.heredocs) == scan(command)
