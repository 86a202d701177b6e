"""ARCHITECTURE.md is true: its tree is the folders that are there, and every path on it exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
TREE = PAGE.split("```")[1]
PROSE = PAGE.replace(TREE, "")
ENGINE = ROOT / "hooks" / "fieldguide"


def listed() -> dict[str, str]:
    """The entries of the tree below hooks/, by path, each with its sentence."""
    above: list[str] = []
    entries = {}
    for line in TREE.strip("\n").splitlines():
        indent, name, words = re.fullmatch(r"( *)(\S+) +(.+)|( *)(\S+)", line).group(1, 2, 3)  # type: ignore[union-attr]
        if name is None:
            indent, name, words = re.fullmatch(r"( *)(\S+)", line).group(1), line.strip(), ""  # type: ignore[union-attr]
        above[len(indent) // 2 :] = [name]
        entries["".join(above)] = words or ""
    return {path: words for path, words in entries.items() if path.startswith("hooks/")}


def folders() -> set[str]:
    """The folders of code below hooks/, as the tree writes them."""
    return {
        f"{path.parent.relative_to(ROOT).as_posix()}/"
        for path in (ROOT / "hooks").rglob("__init__.py")
    }


def test_every_folder_is_in_the_tree_and_no_other() -> None:
    packages = {
        path for path in listed() if path.endswith("/") and (ROOT / path / "__init__.py").exists()
    }
    assert packages == folders()
    assert [path for path in listed() if not (ROOT / path).exists()] == []


def test_every_folder_has_its_sentence() -> None:
    bare = {path for path, words in listed().items() if not words}
    assert bare == {"hooks/", "hooks/fieldguide/"}


PATHS = sorted(set(re.findall(r"`([\w./<>-]+(?:\.py|\.md|\.toml|/))`", PROSE)))


@pytest.mark.parametrize("path", PATHS)
def test_every_path_exists(path: str) -> None:
    places = (ROOT / path, ENGINE / path)
    assert any(place.exists() for place in places) or path == "problems.py"


def test_the_law_is_that_of_the_linter() -> None:
    (law,) = re.findall(r"`(model < .+?)`", PAGE)
    words = [
        {f"fieldguide.{name.strip()}" for name in layer.split(",")} for layer in law.split("<")
    ]
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    block = text.split('name = "a folder a stage')[1].split("\n]")[0].split("layers = [")[1]
    layers = [
        {name.strip() for name in layer.split(":")} for layer in re.findall(r'"([^"]+)"', block)
    ]
    assert list(reversed(words)) == [layer for layer in layers if "fieldguide" in str(layer)]
