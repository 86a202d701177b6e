"""Every part of a language is asked for, and what it need not bring does no harm."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest
from trial_language import module

from fieldguide.languages.language import Language
from fieldguide.languages.registry import LANGUAGES

PARTS = [*sorted(Language.__abstractmethods__), *(field.name for field in fields(Language))]


@pytest.mark.parametrize("part", PARTS)
def test_a_part_that_is_left_out_is_an_error_at_import(part: str) -> None:
    assert isinstance(module()["SQL"], Language)
    with pytest.raises(TypeError, match=part):
        module(part)


def test_a_reply_is_read_as_the_record_of_its_language() -> None:
    language = module()["SQL"]
    reply = language.read({"rows": ["1 | 2"], "error": None})
    assert (reply.rows, reply.error) == (("1 | 2",), None)
    assert language.exchanges(reply) == ()


@pytest.mark.parametrize("step", [None, [], {}, {"rows": 1, "error": None}, {"rows": []}])
def test_what_a_process_left_may_be_anything(step: object) -> None:
    with pytest.raises((TypeError, ValueError, KeyError)):
        module()["SQL"].read(step)


@pytest.mark.parametrize("name", LANGUAGES)
def test_an_option_is_shown_by_an_example_that_it_takes(name: str) -> None:
    for option in LANGUAGES[name].options:
        shown = re.match(r'([a-z-]+)="([^"]*)"', option.example)
        assert shown is not None
        assert shown[1] == option.key
        assert option.pattern.fullmatch(shown[2])
