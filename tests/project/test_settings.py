"""The settings in pyproject.toml: what they say, and what is refused, at its line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from fieldguide.base.problems import ProblemError
from fieldguide.model import Limits, Location
from fieldguide.project import settings
from fieldguide.project.collect import collect

BASE = Path(__file__).parents[1] / "cases" / "base"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BASE, tmp_path / "project"))


def test_limits_are_read(root: Path) -> None:
    with (root / "pyproject.toml").open("a") as file:
        file.write("\n[tool.fieldguide.limits]\nwall_seconds = 2\noutput_bytes = 4096\n")
    assert collect(root).limits == Limits(wall_seconds=2, output_bytes=4096)


@pytest.mark.parametrize(
    "line",
    [
        "wall_seconds = true",
        "wall_seconds = 0",
        "wall_seconds = -1.5",
        "wall_seconds = nan",
        "wall_seconds = inf",
        'wall_seconds = "2"',
        "output_bytes = 1.5",
        "output_bytes = true",
        "output_bytes = -1",
        "wall_second = 1",
    ],
)
def test_wrong_limits_are_refused_at_their_line(root: Path, line: str) -> None:
    with (root / "pyproject.toml").open("a") as file:
        file.write(f"\n[tool.fieldguide.limits]\n# a comment\n{line}\n")
    with pytest.raises(ProblemError) as caught:
        collect(root)
    (problem,) = caught.value.problems
    lines = (root / "pyproject.toml").read_text().splitlines()
    assert problem.location.line is not None
    assert lines[problem.location.line - 1] == line


@pytest.mark.parametrize(
    "content",
    [
        "tool = 3",
        "[tool]\nfieldguide = 3",
        "[tool.fieldguide]\nframeworks = 3",
        "[tool.fieldguide.frameworks]\nflask = 3",
        "[tool.fieldguide.frameworks.flask]",
        "[[tool.fieldguide.frameworks]]\nname = 'flask'",
    ],
)
def test_settings_of_any_shape_are_refused(root: Path, content: str) -> None:
    (root / "pyproject.toml").write_text(content)
    with pytest.raises(ProblemError):
        settings.read(root)


def test_the_lists_of_a_framework(root: Path) -> None:
    """Distributions are named as indexes compare them."""
    text = (root / "pyproject.toml").read_text("utf-8")
    table = "[tool.fieldguide.frameworks.flask]\n"
    more = 'preload = ["a", "b.c"]\nofficial = ["Flask_WTF", "a.b"]\n'
    lines = [line for line in text.split("\n") if not line.startswith("preload")]
    (root / "pyproject.toml").write_text("\n".join(lines).replace(table, table + more), "utf-8")
    flask = settings.read(root).frameworks["flask"]
    assert flask.preload == ("a", "b.c")
    assert flask.official == ("flask-wtf", "a-b")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("preload = 3", "preload of the framework flask must be a list of modules"),
        ('preload = ["a-b"]', "preload of the framework flask must be a list of modules"),
        ('official = ["-"]', "official of the framework flask must be a list of distributions"),
        ('colour = "red"', 'unknown key "colour"'),
    ],
)
def test_a_wrong_key_of_a_framework(root: Path, line: str, words: str) -> None:
    text = (root / "pyproject.toml").read_text("utf-8")
    kept = [line for line in text.split("\n") if not line.startswith("preload")]
    table = kept.index("[tool.fieldguide.frameworks.flask]")
    kept.insert(table + 1, line)
    (root / "pyproject.toml").write_text("\n".join(kept), "utf-8")
    with pytest.raises(ProblemError) as caught:
        settings.read(root)
    (problem,) = caught.value.problems
    assert words in problem.message
    assert problem.location == Location("pyproject.toml", table + 2)


def test_the_place_of_a_preload(root: Path) -> None:
    text = (root / "pyproject.toml").read_text("utf-8")
    place = settings.preload_location(root, "flask")
    assert place.line is not None
    assert text.split("\n")[place.line - 1].startswith(("preload", "[tool.fieldguide.frameworks"))
    (root / "pyproject.toml").write_text("[", "utf-8")
    assert settings.preload_location(root, "flask") == Location("pyproject.toml")
