"""Every sentence of the worker is one line that can stand before a full stop or a semicolon."""

from __future__ import annotations

import inspect
from collections.abc import Callable

import pytest
from wording import sentences, whole, worded

from fieldguide.worker import wording
from fieldguide.worker.http import wording as http_wording

SENTENCES = sentences(wording, http_wording)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence(sentence: Callable[..., str]) -> None:
    """It tells what it is given."""
    told = worded(sentence)
    for words in told:
        whole(words)
        assert words.splitlines() == [words]
    given = inspect.signature(sentence).parameters
    assert not given or any("word" in words or "3" in words for words in told)


def test_no_two_are_the_same() -> None:
    first = {next(iter(worded(*sentence.values))) for sentence in SENTENCES}
    assert len(first) == len(SENTENCES)


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        (wording.startup_failed(""), "its startup failed: it gives no reason"),
        (wording.unknown_app("int", called=False), "`app` is of an unknown kind: int"),
        (
            wording.no_answer_of_server(OSError("x"), None),
            "expected an answer from the server, got OSError('x')",
        ),
        (
            wording.no_answer_of_server(OSError("x"), 3),
            "expected an answer from the server, got OSError('x'); the server ended with status 3",
        ),
        (
            http_wording.not_json(b"", "", ValueError("x")),
            "expected a JSON body, got b'' (no type): x",
        ),
        (wording.file_unwritten("a", OSError("full")), "a cannot be written: full"),
    ],
)
def test_what_a_sentence_says_where_something_is_not_known(sentence: str, words: str) -> None:
    assert sentence == words
