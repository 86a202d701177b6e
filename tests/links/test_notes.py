"""The words of notes: each says what is amiss, as a part of a line."""

from __future__ import annotations

import inspect
from collections.abc import Callable

import pytest
from wording import sentences, whole, worded

from fieldguide.links import notes

SENTENCES = sentences(notes)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_note_tells_what_it_is_given(sentence: Callable[..., str]) -> None:
    """It goes on in a line, so it has no stop."""
    told = worded(sentence)
    for note in told:
        whole(note)
    given = inspect.signature(sentence).parameters
    assert not given or any("word" in note or "3" in note for note in told)


def test_the_notes_are_told_apart() -> None:
    constants = [value for name, value in vars(notes).items() if name.isupper()]
    first = [next(iter(worded(*sentence.values))) for sentence in SENTENCES]
    assert len({*constants, *first}) == len(constants) + len(SENTENCES) > 20
