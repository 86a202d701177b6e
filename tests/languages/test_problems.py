"""Every sentence on a fence: it cannot be read, it differs, it does not hold."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from wording import sentences, whole, worded

from fieldguide.languages import problems
from fieldguide.languages.comparing import problems as comparing
from fieldguide.languages.comparing.problems import quoted
from fieldguide.languages.grammar import problems as grammar
from fieldguide.model import Mismatch, Raised


@pytest.mark.parametrize("sentence", sentences(grammar))
def test_what_cannot_be_read_has_a_line_a_message_and_a_next_act(
    sentence: Callable[..., grammar.SourceError],
) -> None:
    for error in worded(sentence):
        assert isinstance(error, grammar.SourceError)
        assert "line" in sentence.__annotations__ or error.line == 0
        whole(error)


@pytest.mark.parametrize("sentence", sentences(problems, comparing))
def test_what_does_not_hold_is_said_in_words(sentence: Callable[..., Mismatch | str]) -> None:
    for told in worded(sentence):
        whole(told)


def test_a_module_that_is_missing_names_the_environment_as_the_way_out() -> None:
    """Nearly always a fence forgot to say which framework it is about."""
    missing = Raised(("ModuleNotFoundError",), "ModuleNotFoundError: No module named 'flask'", 1)
    assert 'data-env="flask"' in (problems.fence_raises(missing).next or "")
    other = Raised(("ValueError",), "ValueError: no", 1)
    assert "data-env" not in (problems.fence_raises(other).next or "")


def test_a_line_in_a_message() -> None:
    assert quoted(None) == "nothing"
    assert quoted("a\nb") == '"a\\nb"'
    assert quoted("a" * 101) == f'"{"a" * 100}" ...'


def test_blanks_at_the_end_of_a_line_are_not_the_difference() -> None:
    assert comparing.line_differs(0, "a ", "b \t").message == 'expected "a", got "b"'
    assert comparing.line_differs(0, None, "").message == 'expected no more output, got ""'


def test_a_value_is_named_unless_it_is_the_whole_document() -> None:
    assert comparing.value_differs("a[0]", 1, True) == "a[0]: expected 1, got true"
    assert comparing.value_differs("", 1, None) == "expected 1, got null"
    assert comparing.value_missing("a", "x" * 99) == f'a: expected "{"x" * 79} ..., got nothing'
    assert comparing.value_unexpected("a", []) == "a: expected nothing, got []"
    assert comparing.list_length_differs("a", 1, 2) == "a: expected 1 item, got 2"
