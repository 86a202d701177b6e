"""A contract read without running it: its checks, and what is wrong with it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from fieldguide.base.problems import Problems
from fieldguide.model import Contract
from fieldguide.project import contracts
from fieldguide.project.collect import collect

BASE = Path(__file__).parents[1] / "cases" / "base"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BASE, tmp_path / "project"))


def test_a_contract_that_no_parser_can_hold(root: Path) -> None:
    contract = root / "snippets/greeting/contract.py"
    contract.write_text(f"x = {'-' * 100_000}1\n")
    (problem,) = collect(root).problems
    assert problem.location.path == "snippets/greeting/contract.py"
    assert problem.message.startswith("the contract has a syntax error: ")


@pytest.mark.filterwarnings("error")
def test_a_warning_of_the_parser_is_none_of_ours(root: Path) -> None:
    with (root / "snippets/greeting/contract.py").open("a") as file:
        file.write('DIGIT = "\\d"\n')
    assert collect(root).problems == ()


def read(folder: Path, source: str | bytes) -> tuple[Contract | None, list[tuple[int | None, str]]]:
    """The contract with that source, and each problem's line and message."""
    (folder / "routing").mkdir()
    content = source.encode() if isinstance(source, str) else source
    (folder / "routing/contract.py").write_bytes(content)
    collector = Problems()
    contract = contracts.read(collector, folder, folder / "routing")
    return contract, [(problem.location.line, problem.message) for problem in collector]


def test_checks_in_their_order(tmp_path: Path) -> None:
    source = 'def test_b(client):\n    """B\n    is so."""\n\n\ndef helper():\n    pass\n\n\n'
    contract, problems = read(tmp_path, source + 'def test_a(client):\n    """A."""\n')
    assert problems == []
    assert contract is not None
    assert (contract.concept, contract.location.path) == ("routing", "routing/contract.py")
    assert [(check.name, check.claim, check.location.line) for check in contract.checks] == [
        ("test_b", "B is so.", 1),
        ("test_a", "A.", 10),
    ]


CLAIM = '\n    """A."""\n'


@pytest.mark.parametrize(
    ("source", "line", "words"),
    [
        ("", None, "the contract has no checks"),
        (f"def test_a(client):{CLAIM}\n\ndef test_a(client):{CLAIM}", 5, "a second check named"),
        ("def test_a(client):\n    pass\n", 1, "the check test_a has no docstring"),
        (f"def test_a(clent):{CLAIM}", 1, 'the check test_a asks for "clent", which no fixture'),
        (f"def test_a():{CLAIM}", 1, "the check test_a has to take `client` and nothing else"),
        (f"async def test_a(client):{CLAIM}", 1, "test_a must be a plain function"),
        ("class TestA:\n    pass\n", 1, "TestA must be a plain function"),
        (f"if 0:\n  def test_a(client):{CLAIM}", 2, "test_a must be a plain function"),
        (f"class Some:\n  async def test_a(self):{CLAIM}", 2, "test_a must be a plain function"),
        (f"import flask\n\n\ndef test_a(client):{CLAIM}", 1, "the contract imports flask"),
        (f"from . import x\n\n\ndef test_a(client):{CLAIM}", 1, "the contract imports ."),
        ("def test_a(client):\n    return )\n", 2, "the contract has a syntax error"),
        (b"\xff", 1, "is not UTF-8"),
    ],
)
def test_a_wrong_contract(
    tmp_path: Path, source: str | bytes, line: int | None, words: str
) -> None:
    contract, ((where, message),) = read(tmp_path, source)
    assert contract is None
    assert where == line
    assert words in message


def test_a_check_that_asserts_nothing_proves_nothing(root: Path) -> None:
    """An ``assert`` in a function that it calls counts; one that nobody calls does not."""
    (root / "snippets/greeting/contract.py").write_text(
        """
def test_asks(client):
    "It only asks."
    client.get("/")
def test_leaves_it_to_another(client):
    "Another one asserts."
    through(client)
def test_raises(client):
    "It raises by itself."
    if client.get("/").status != 200:
        raise AssertionError
def through(client):
    return test_goes_round(client) or holds(client)
def holds(client):
    assert client.get("/").status == 200
def test_goes_round(client):
    "It calls itself."
    return test_goes_round(client)
"""
    )
    found = [(each.location.line, each.message.split()[2]) for each in collect(root).problems]
    assert found == [(2, "test_asks"), (16, "test_goes_round")]


def test_a_concept_without_a_contract(tmp_path: Path) -> None:
    (tmp_path / "routing").mkdir()
    collector = Problems()
    assert contracts.read(collector, tmp_path, tmp_path / "routing") is None
    (problem,) = collector
    assert problem.message == "the concept routing has no contract, so nothing can be checked"
