"""``deviations.toml``: the checks that a framework cannot pass, each with its reason."""

from __future__ import annotations

import pytest
from sample_jobs import CONTRACT

from fieldguide.base.problems import Problems
from fieldguide.model import Contract, Deviation, Location
from fieldguide.project import deviations

PATH = "snippets/routing/flask/deviations.toml"
WHOLE = 'reason = "x"\nsource = "https://a.example"\nanswers = [404]\ngot = "404"\n'


def read(
    text: str, contract: Contract | None = CONTRACT
) -> tuple[tuple[Deviation, ...], list[tuple[int | None, str]]]:
    collector = Problems()
    declared = deviations.read(collector, Location(PATH), text.encode(), contract)
    return declared, [(problem.location.line, problem.message) for problem in collector]


def test_what_a_file_declares() -> None:
    declared, problems = read("# why\n[a]\n" + WHOLE.replace('"x"', '" It cannot. "'))
    assert problems == []
    assert declared == (
        Deviation("a", "It cannot.", Location(PATH, 2), "https://a.example", (404,), "404"),
    )


def test_at_most_half_of_a_contract_deviates() -> None:
    _, ((where, message),) = read(f"[a]\n{WHOLE}[b]\n{WHOLE}")
    assert where is None
    assert message == "more than half of the 2 checks are declared as deviations"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('[c]\nreason = "x"\n', 1, 'a deviation for "c", and the contract has no such check'),
        ("[a]\n" + WHOLE.replace("reason", "# "), 1, "the deviation for a gives no reason"),
        ("[a]\n" + WHOLE.replace('"x"', '" "'), 1, "the deviation for a gives no reason"),
        ("[a]\n" + WHOLE.replace("source", "# "), 1, "does not say where its reason can be read"),
        ("[a]\n" + WHOLE.replace("https:", "javascript:"), 3, "where its reason can be read"),
        ("[a]\n" + WHOLE.replace("a.example", "[bad"), 3, "where its reason can be read"),
        ("[a]\n" + WHOLE.replace("answers", "# "), 1, "does not say what is answered"),
        ("[a]\n" + WHOLE.replace("[404]", "404"), 4, "does not say what is answered"),
        ("[a]\n" + WHOLE.replace("[404]", "[true]"), 4, "does not say what is answered"),
        ("[a]\n" + WHOLE.replace("got", "# "), 1, "does not say what the check got"),
        ("[a]\n" + WHOLE.replace('"404"', "404"), 5, "does not say what the check got"),
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
    declared, ((where, message),) = read(f'[a]\n{WHOLE}reson = "y"\n')
    assert (len(declared), where) == (1, 6)
    assert message == 'unknown key "reson" (did you mean "reason"?)'


def test_a_contract_that_cannot_be_read_knows_no_check() -> None:
    declared, problems = read(f"[c]\n{WHOLE}", None)
    assert ([deviation.check for deviation in declared], problems) == (["c"], [])
