"""The bounds of what is read: far above the guide itself, and each met at its line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from bounded import processor

from fieldguide.base import bounds
from fieldguide.base.bounds import TooMuch, in_toml, in_yaml
from fieldguide.base.problems import Problems, did_you_mean
from fieldguide.pages import includes, page_files
from fieldguide.pages.includable import Includable

ROOT = Path(__file__).parents[2]
LOADERS = [yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)]


def test_no_page_of_the_guide_is_near_a_bound() -> None:
    include = page_files.including(Includable(ROOT))
    for path, text in page_files.read(Problems(), ROOT):
        written = [includes.Line(line, path, 1) for line in includes.split(text)]
        lines = [line.text for line in includes.expand(written, include).lines]
        page = "\n".join(lines)
        blocks = re.split(r"\n\s*\n", page)
        assert len(page) < bounds.PAGE / 4, path
        assert max(map(len, lines)) < bounds.LINE / 4, path
        assert max(map(len, blocks)) < bounds.BLOCK / 2, path
        assert len(re.findall("^ *```", page, re.M)) / 2 < bounds.FENCES / 4, path


def test_no_file_of_the_guide_is_near_a_bound() -> None:
    for path in [*ROOT.glob("snippets/**/*"), *ROOT.glob("docs/reading/*.yml")]:
        assert path.stat().st_size < bounds.FILE / 4, path
    for path in [ROOT / "pyproject.toml", *ROOT.glob("**/probes.toml")]:
        assert path.stat().st_size < bounds.TABLES / 4, path


@pytest.mark.parametrize(
    ("text", "over"),
    [
        ("a = [1, [2, {b = 3.5}]]\n[c.d]\n", []),
        ("a = '''[[[\n''' # [\n", []),
        (f"a = [{'[], ' * 1_000}]\n", []),
        (f'a = \'{"[" * 100}\'\nb = "{"[" * 100}\\"["\n', []),
        (f"a = 1\nb = [{'[' * 30}", [(2, TooMuch.NESTING)]),
        (f"a = {{{'b={' * 60_000}", [(1, TooMuch.NESTING)]),
        (f'a = """\n\n"""\n{"b." * 19}b = 1\n', []),
        (f'a = """\n\n"""\n{"b." * 20}b = 1\n', [(4, TooMuch.KEYS)]),
        (f"a = {'1' * 100}\n", []),
        (f"a = {'1' * 101}\n", [(1, TooMuch.DIGITS)]),
        (f"a = '{'1' * 101}'\n", []),
        ('"""' + '\\"""' * 30_000, []),
        ("'''" * 30_001, []),
    ],
)
def test_what_is_too_much_in_toml(text: str, over: list[tuple[int, TooMuch]]) -> None:
    with processor():
        assert list(in_toml(text)) == over


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize(
    ("text", "over"),
    [
        ("a: [1, {b: c}]\n", []),
        (f"a:\n  {'[' * 30}", [(2, TooMuch.NESTING)]),
        ("- " * 60_000, [(1, TooMuch.NESTING)]),
        ("".join(f"{' ' * depth}a:\n" for depth in range(50)), [(31, TooMuch.NESTING)]),
        ("a: &b [1]\nc: [*b,\n *b]\n", [(1, TooMuch.ALIAS), (1, TooMuch.ALIAS)]),
        (f"a: b\nc: {'9' * 101}\n", [(2, TooMuch.DIGITS)]),
        (f"a: b\nc: 1{':59' * 10_000}\n", [(2, TooMuch.DIGITS)]),
        (f"a: '{'9' * 101}'\n", []),
        ("a: b\nc: !!int d\n", [(2, TooMuch.TAG)]),
        ("a: !!timestamp 2026-99-99\n", [(1, TooMuch.TAG)]),
    ],
)
def test_what_is_too_much_in_yaml(
    text: str, over: list[tuple[int, TooMuch]], loader: type[yaml.SafeLoader]
) -> None:
    with processor():
        assert list(in_yaml(text, loader)) == over


def test_nobody_means_a_word_without_end() -> None:
    near = "routing" * 20_000
    with processor():
        assert did_you_mean(near, [f"{near}s"]) == ""
        assert did_you_mean("routin", [near, *("x" * 90 for _ in range(400)), "routing"]) != ""
        did_you_mean("ab" * 50, ("ab" * 49 + str(number % 10) for number in range(1_000_000)))
