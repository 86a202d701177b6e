"""What pytest never runs: a tree behind a closed gate, and code of pages and snippets."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pytest_runs import run

pytestmark = pytest.mark.whole

BAIT = """\
from pathlib import Path

Path({ran!r}).touch()


def test_anything():
    pass
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A project with a test of its own."""
    for path in ("snippets/greeting/flask/app.py", "docs/index.md", "tests/test_own.py"):
        (tmp_path / "tree" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "tree" / path).write_text("def test_own():\n    pass\n")
    (tmp_path / "tree/pyproject.toml").write_text(
        '[tool.fieldguide.frameworks.flask]\ntitle = "Flask"\ndistribution = "flask"\n'
        'server = "gunicorn"\ndocs = "https://flask.example/"\n'
        '[tool.pytest.ini_options]\ntestpaths = ["tests", "snippets", "docs"]\n'
    )
    return tmp_path / "tree"


def bait(tree: Path, path: str) -> Path:
    """A file that leaves a mark once its code is run; gives the mark."""
    ran = tree.parent / "ran"
    (tree / path).parent.mkdir(parents=True, exist_ok=True)
    (tree / path).write_text(BAIT.format(ran=str(ran)))
    return ran


@pytest.mark.parametrize(
    "path", ["docs/conftest.py", "snippets/greeting/flask/test_app.py", "docs/a/b/evil_test.py"]
)
def test_a_closed_gate_ends_pytest_before_any_code(tree: Path, path: str) -> None:
    ran = bait(tree, path)
    done = run(tree)
    assert done.returncode == 4
    assert (
        f"{path}: pytest, Python or another tool runs or obeys a file of this name" in done.stderr
    )
    assert "test_own" not in done.stdout
    assert not ran.exists()


@pytest.mark.parametrize(
    "path",
    [
        "snippets/greeting/flask/app.py",
        "snippets/greeting/contract.py",
        "docs/__init__.py",
        "docs/notes.rst",
    ],
)
@pytest.mark.parametrize("named", [True, False])
def test_what_the_gate_lets_through_is_not_run_either(tree: Path, path: str, named: bool) -> None:
    ran = bait(tree, path)
    if path.endswith(".rst"):
        (tree / path).write_text(f">>> open({str(ran)!r}, 'w').close()\n")
    run(tree, *([path] if named else []), "--doctest-modules")
    assert not ran.exists()


def test_a_project_without_its_snippets_has_a_gate_as_well(tree: Path) -> None:
    ran = bait(tree, "docs/conftest.py")
    shutil.rmtree(tree / "snippets")
    done = run(tree)
    assert done.returncode == 4
    assert not ran.exists()


def test_a_project_that_is_only_named_has_a_gate_as_well(tree: Path, tmp_path: Path) -> None:
    ran = bait(tree, "docs/conftest.py")
    (tmp_path / "elsewhere").mkdir()
    done = run(tmp_path / "elsewhere", "../tree/docs")
    assert done.returncode == 4
    assert "docs/conftest.py: pytest, Python or another tool" in done.stderr
    assert not ran.exists()
