"""The fences that other tools are measured with, and how their output is read."""

from __future__ import annotations

import sys
import textwrap
from pathlib import Path

import pytest

from bench.peers import _CODE, PAGES, _best, _number, _pages
from fieldguide.pages.fences.scan import scan


@pytest.mark.parametrize(
    ("output", "number"),
    [("3 failed, 40 passed in 2 s", 40), ("40 passed", 40), ("no tests ran", 0), ("", 0)],
)
def test_the_number_of_an_output(output: str, number: int) -> None:
    assert _number(r"(\d+) passed", output) == number


def test_every_fence_is_on_a_page(tmp_path: Path) -> None:
    sources = [("flask", f"x = {number}") for number in range(PAGES * 2)]
    folder = _pages(tmp_path / "project", sources, 'python {{.run data-env="{name}"}}')
    paths = sorted((folder / "docs").iterdir())
    fences = [fence for path in paths for fence in scan(path.name, path.read_text("utf-8")).fences]
    assert len(paths) == PAGES
    assert [fence.source for fence in fences] == [source for _, source in sources]
    assert {fence.options.env for fence in fences} == {"flask"}


@pytest.mark.parametrize("framework", _CODE)
def test_the_code_is_python(framework: str) -> None:
    source = textwrap.dedent(_CODE[framework]).strip().format(number=7)
    compile(source, framework, "exec")
    assert "/items/7" in source


def test_the_fastest_run_counts(tmp_path: Path) -> None:
    seconds, output = _best(2, [sys.executable, "-c", "print(1)"], tmp_path)
    assert seconds > 0
    assert output == "1\n"
