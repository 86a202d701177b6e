"""The folder of one snippet: its files, and what is declared in it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from fieldguide.base.problems import Problems, line
from fieldguide.model import Cell, Location, Snippet
from fieldguide.project import snippets
from fieldguide.project.collect import collect

BASE = Path(__file__).parents[1] / "cases" / "base"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BASE, tmp_path / "project"))


def test_every_file_of_a_snippet_belongs_to_it(root: Path) -> None:
    folder = root / "snippets/greeting/flask"
    (folder / "templates").mkdir()
    (folder / "templates/hello.html").write_text("<p>")
    (folder / "static").mkdir()
    (folder / "static/dot.png").write_bytes(b"\x89PNG\xff\x00")
    (folder / "__pycache__").mkdir()
    (folder / "__pycache__/app.cpython-313.pyc").write_bytes(b"\x00")
    (folder / ".DS_Store").write_bytes(b"\x00")
    (folder / "deviations.toml").write_text(
        '[test_greets_by_name]\nreason = " It cannot. "\nsource = "https://a.example"\n'
        'answers = [404]\ngot = "404"\n'
    )
    snippet = collect(root).snippets["greeting/flask"]
    assert list(snippet.files) == ["app.py", "static/dot.png", "templates/hello.html"]
    (deviation,) = snippet.deviations
    assert (deviation.check, deviation.reason) == ("test_greets_by_name", "It cannot.")
    assert deviation.location == Location("snippets/greeting/flask/deviations.toml", 1)


def test_a_project_in_a_folder_with_an_ignored_name(root: Path) -> None:
    moved = Path(shutil.copytree(root, root.parent / "__pycache__" / "project"))
    assert collect(moved).snippets["greeting/flask"].files


def read(root: Path, files: dict[str, bytes]) -> tuple[Snippet | Cell | None, list[str]]:
    """What a folder of those files is, and its problems as they are printed."""
    folder = root / "snippets/routing/flask"
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    collector = Problems()
    snippet = snippets.read(collector, root, folder, None)
    return snippet, [line(problem) for problem in collector]


def test_a_snippet_of_one_file(tmp_path: Path) -> None:
    snippet, problems = read(tmp_path, {"app.py": b"app = 1\n"})
    assert problems == []
    assert isinstance(snippet, Snippet)
    assert (snippet.id, snippet.main) == ("routing/flask", "app.py")
    assert snippet.location == Location("snippets/routing/flask/app.py", 1)


def test_a_cell_in_place_of_a_snippet(tmp_path: Path) -> None:
    content = b'kind = "not possible"\nwhy = "It has none."\n'
    cell, problems = read(tmp_path, {"cell.toml": content})
    assert problems == []
    assert isinstance(cell, Cell)
    assert cell.why == "It has none."


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"other.py": b""}, "snippets/routing/flask/app.py: routing/flask has no app.py"),
        ({"app.py": b"x = 1\n\xff"}, "snippets/routing/flask/app.py:2: "),
        ({"app.py": b"# --8<-- [start:a]\n"}, 'app.py:1: the section "a" starts here and never'),
        ({"app.py": b"", "deviations.toml": b"["}, "deviations.toml:1: this is not TOML"),
        ({"app.py": b"", "cell.toml": b"kind = 3\n"}, "cell.toml:1: kind must be a string"),
    ],
)
def test_a_snippet_with_a_problem_is_none(
    tmp_path: Path, files: dict[str, bytes], words: str
) -> None:
    snippet, problems = read(tmp_path, files)
    assert snippet is None
    assert any(words in problem for problem in problems), problems
