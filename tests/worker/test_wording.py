"""Every sentence of the worker is one line that can stand before a full stop or a semicolon."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import pytest

from fieldguide.worker import wording
from fieldguide.worker.http import wording as http_wording

SENTENCES: dict[str, Callable[..., str]] = {
    name: function
    for module in (wording, http_wording)
    for name, function in inspect.getmembers(module, inspect.isfunction)
    if function.__module__ == module.__name__
}
VALUES: dict[str, Any] = {
    "str": "X",
    "str | None": "X",
    "int": 7,
    "int | None": 7,
    "bool": True,
    "bytes": b"X",
    "object": "X",
    "Exception": ValueError("X"),
    "OSError": OSError(13, "X"),
    "Sequence[str]": ["X"],
}
"""By how a parameter is annotated."""


def sentence_of(name: str) -> str:
    *parameters, _ = SENTENCES[name].__annotations__.values()
    return SENTENCES[name](*(VALUES[annotation] for annotation in parameters))


@pytest.mark.parametrize("name", SENTENCES)
def test_a_sentence(name: str) -> None:
    sentence = sentence_of(name)
    assert sentence.splitlines() == [sentence]
    assert not sentence.endswith((".", " ", ";"))
    parameters = list(inspect.signature(SENTENCES[name]).parameters)
    assert not parameters or "X" in sentence or "7" in sentence


def test_no_two_are_the_same() -> None:
    assert len({sentence_of(name) for name in SENTENCES}) == len(SENTENCES)


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
