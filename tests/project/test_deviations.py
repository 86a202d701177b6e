"""``deviations.toml``: the checks that a framework cannot pass, each with its reason."""

from __future__ import annotations

import pytest
from sample_jobs import CONTRACT

from fieldguide.base.problems import Problems
from fieldguide.model import Contract, Deviation, Location
from fieldguide.project import deviations

PATH = "snippets/routing/flask/deviations.toml"


def read(
    text: str, contract: Contract | None = CONTRACT
) -> tuple[tuple[Deviation, ...], list[tuple[int | None, str]]]:
    collector = Problems()
    declared = deviations.read(collector, Location(PATH), text.encode(), contract)
    return declared, [(problem.location.line, problem.message) for problem in collector]


def test_what_a_file_declares() -> None:
    text = (
        '[a]\nreason = " It cannot. "\n\n[b]\nreason = "Nor this."\nsource = "https://a.example"\n'
    )
    declared, problems = read(text)
    assert problems == []
    assert declared == (
        Deviation("a", "It cannot.", Location(PATH, 1)),
        Deviation("b", "Nor this.", Location(PATH, 4), "https://a.example"),
    )


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('[c]\nreason = "x"\n', 1, 'a deviation for "c", and the contract has no such check'),
        ("[a]\n", 1, "the deviation for a gives no reason"),
        ('[a]\nreason = " "\n', 1, "the deviation for a gives no reason"),
        (
            '[a]\nreason = "x"\nsource = 3\n',
            3,
            "the source of the deviation for a must be",
        ),
        ('reason = "x"\n', 1, "reason stands outside of a check's table"),
        ("[a\n", 1, "this is not TOML"),
    ],
)
def test_a_wrong_table_is_left_out(text: str, line: int, words: str) -> None:
    declared, ((where, message),) = read(f"{text}")
    assert declared == ()
    assert where == line
    assert words in message


def test_an_unknown_key_is_named_and_the_deviation_kept() -> None:
    declared, ((where, message),) = read('[a]\nreason = "x"\nreson = "y"\n')
    assert (len(declared), where) == (1, 3)
    assert message == 'unknown key "reson" (did you mean "reason"?)'


def test_a_contract_that_cannot_be_read_knows_no_check() -> None:
    declared, problems = read('[c]\nreason = "x"\n', None)
    assert ([deviation.check for deviation in declared], problems) == (["c"], [])
