"""How several processes share the tests: which stay together, and what starts first."""

from __future__ import annotations

import re

import pytest
import sharing
from miniature import ROOT


def test_tests_of_a_file_stay_together() -> None:
    assert sharing.group("tests/base/test_toml.py::test_a") == "tests/base/test_toml.py"
    assert sharing.group("tests/base/test_toml.py::test_b[1]") == "tests/base/test_toml.py"


def test_what_shares_something_big_stays_together() -> None:
    for path in ("browser/test_site.py", "whole/test_hook.py"):
        assert sharing.group(f"tests/{path}::test") == "the project"
    assert sharing.group("snippets/routing/contract.py::routing/flask::test") == "the project"
    assert sharing.group("docs/index.md::index#a::line 1") == "the project"


def test_a_long_file_is_cut() -> None:
    path = "tests/whole/test_contracts.py"
    parts = [sharing.group(f"{path}::test[routing/{name}]") for name in ("flask", "tornado")]
    assert parts == [f"{path} flask", path]


@pytest.mark.parametrize("path", sharing.CUT)
def test_what_is_cut_is_there(path: str) -> None:
    assert (ROOT / path).is_file()
    assert all((ROOT / path).exists() for paths in sharing.TOGETHER.values() for path in paths)


def test_what_took_longest_starts_first() -> None:
    seconds = {"tests/a.py": 1.0, "tests/b.py": 9.0, "the project": 5.0}
    tests = ["tests/a.py::t", "tests/b.py::t", "tests/c.py::t", "tests/browser/test_site.py::t"]
    ordered = sorted(tests, key=lambda test: sharing.order(test, seconds))
    assert ordered == [tests[1], tests[3], tests[0], tests[2]]


def test_in_a_fresh_clone_what_shares_something_starts_first() -> None:
    tests = ["tests/a.py::t", "tests/whole/test_faults.py::t", "tests/browser/test_site.py::t"]
    assert sorted(tests, key=lambda test: sharing.order(test, {})) == [tests[2], tests[1], tests[0]]


def test_only_files_that_stay_together_build_the_real_site() -> None:
    """Another one would build it again in another process."""
    paths = {path.relative_to(ROOT).as_posix() for path in (ROOT / "tests").rglob("test_*.py")}
    uses = re.compile(r"\b(?:built:[ ]Path|site:[ ]str|build_site:[ ]Callable)\b")
    building = {path for path in paths if uses.search((ROOT / path).read_text("utf-8"))}
    assert building <= set(sharing.TOGETHER["the project"])
    assert len(building) > 3
