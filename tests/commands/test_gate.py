"""The gate on the tree: what is looked for before anything runs, and who asks it.

What is wrong with single files has cases of its own in ``cases/bad_input``.
"""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from checkout import checkout, forge, git
from cli import run

from fieldguide.base.problems import ProblemError, line
from fieldguide.commands.gate import gate, problems
from fieldguide.commands.verify.options import VerifyOptions
from fieldguide.commands.verify.run import verify
from fieldguide.environments import prepare
from fieldguide.model import Outcome
from fieldguide.results import cache

CONFTEST = "snippets/greeting/flask/static/conftest.py"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A tree without anything wrong."""
    root = tmp_path / "tree"
    for path in ("docs/index.md", "snippets/greeting/contract.py", "pyproject.toml"):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text("# Fine: zo\u00eb, \u26a0\ufe0f and a\ttab.\n", "utf-8")
    (root / "docs/font.woff2").write_bytes(b"\x00\x01\xff\xfe")
    return root


def places(root: Path) -> list[str]:
    return [problem.location.path for problem in gate.look(root)]


def test_the_real_tree_passes(collected: object) -> None:
    root = Path(__file__).parents[2]
    assert [line(problem) for problem in gate.look(root)] == []


def test_a_tree_without_anything_wrong_passes_with_git_and_without(tree: Path) -> None:
    assert gate.hold(tree) == ()
    assert len(list(gate.weaker(tree))) == 1
    checkout(tree)
    assert gate.hold(tree) == ()
    assert list(gate.weaker(tree)) == []


def test_every_problem_is_told_once_and_by_its_place(tree: Path) -> None:
    (tree / "docs/conftest.py").symlink_to("index.md")
    (tree / "docs/a\u200b.md").write_text("\u200b")
    checkout(tree)
    assert places(tree) == ["docs/a\\u200b.md", "docs/a\\u200b.md", "docs/conftest.py"]
    with pytest.raises(ProblemError) as raised:
        gate.hold(tree)
    assert len(raised.value.problems) == 3


def test_sockets_and_devices_are_no_files(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tree)  # the name of a socket is short
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("docs/listening.md")
        assert places(tree) == ["docs/listening.md"]


def test_a_closed_folder_is_told(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tree / "docs/closed").mkdir()
    listed = os.listdir

    def refuses(path: Path) -> list[str]:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied")
        return listed(path)

    monkeypatch.setattr(os, "listdir", refuses)
    assert places(tree) == ["docs/closed"]


def test_names_that_are_not_utf8_are_told_as_escapes(tree: Path) -> None:
    path = os.fsencode(tree) + b"/docs/\xff.md"
    try:
        Path(os.fsdecode(path)).touch()
    except OSError:  # a file system that holds no such name; git does
        checkout(tree)
        git(
            tree, "update-index", "--add", "--cacheinfo", b"100644," + b"0" * 39 + b"1,docs/\xff.md"
        )
    (problem,) = gate.look(tree)
    assert line(problem).startswith("docs/\\udcff.md: this name is not UTF-8. Next: ")


def test_a_name_that_only_git_knows_counts_wherever_it_is(tree: Path) -> None:
    checkout(tree)
    forge(tree, "100644", "hooks/a\u202eb/c.py")
    forge(tree, "100644", "hooks/__pycache__/c.cpython-313.pyc")
    assert places(tree) == ["hooks/__pycache__", "hooks/a\\u202eb"]


AT_THE_TOP = (
    *("conftest.py", "yaml.py", "GNUmakefile", "makefile", ".ruff.toml", "mypy.ini", "pytest.ini"),
    *("mkdocs/__init__.py", ".vscode/settings.json", ".gitmodules", "x.pth", "Docs/a.md"),
)


@pytest.mark.parametrize("path", AT_THE_TOP)
def test_what_tools_find_at_the_top_is_known_there(tree: Path, path: str) -> None:
    """Whether it lies there or not: make and Python would have run it before."""
    checkout(tree)
    forge(tree, "100644", path)
    assert path.partition("/")[0] in places(tree)


def test_texts_at_the_top_are_free_and_so_is_what_nobody_sent(tree: Path) -> None:
    (tree / "Makefile").touch()
    checkout(tree)
    forge(tree, "100644", "NOTICE.txt")
    for path in ("conftest.py", ".envrc"):
        (tree / path).touch()
    assert gate.hold(tree) == ()


def test_a_folder_that_is_a_file_is_told(tree: Path) -> None:
    (tree / "probes").write_text("")
    assert places(tree) == ["probes"]


@pytest.mark.parametrize("folder", ["docs", "snippets", "probes", "environments"])
def test_what_nobody_sent_may_have_a_hidden_name(tree: Path, folder: str) -> None:
    checkout(tree)
    (tree / folder).mkdir(exist_ok=True)
    (tree / folder / ".idea").mkdir()
    assert gate.hold(tree) == ()
    (tree / folder / ".idea/notes.xml").touch()
    git(tree, "add", ".")
    assert f"{folder}/.idea" in places(tree)


def test_a_checkout_where_git_is_silent_is_a_warning(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checkout(tree)
    monkeypatch.setenv("PATH", str(tree))
    (warning,) = gate.hold(tree)
    assert warning.severity == "warning"
    assert "git cannot say which files are tracked" in warning.message
    (tree / "docs/conftest.py").touch()
    assert places(tree) == [".git", "docs/conftest.py"]


def test_a_lock_is_read_as_bytes(tree: Path) -> None:
    (tree / "environments").mkdir()
    (tree / "environments/flask.txt").write_bytes(b"flask==3 \\\r\n\xff\n")
    assert places(tree) == ["environments/flask.txt"]


def test_verifying_starts_nothing_behind_a_closed_gate(
    make_project: Callable[..., Path], proven: Path
) -> None:
    root = make_project(proven=proven)
    (root / CONFTEST).parent.mkdir()
    (root / CONFTEST).touch()
    before = sorted((root / cache.FOLDER).iterdir())
    with pytest.raises(ProblemError):
        verify(root, ["greeting/bottle"])
    assert sorted((root / cache.FOLDER).iterdir()) == before
    assert not (root / ".fieldguide/results.json").exists()


@pytest.mark.parametrize(
    "arguments",
    [["lint"], ["verify"], ["bless"], ["explain", "greeting/flask"], ["links", "pages"]],
)
def test_every_verb_asks_it_first(project: Path, arguments: list[str]) -> None:
    os.mkfifo(project / "docs/concepts/endless.md")  # whoever opens it waits for ever
    done = run("--root", ".", *arguments)
    assert done.exit_code in (1, 2)
    assert done.stderr.startswith("docs/concepts/endless.md: neither a file nor a folder")


def test_lint_tells_that_a_copy_knows_less(project: Path) -> None:
    done = run("--root", ".", "lint")
    assert done.stdout.startswith(problems.no_checkout(["docs", "probes", "snippets"]))
    checkout_without_made = project / ".fieldguide"
    shutil.move(checkout_without_made, project.parent / "made")
    checkout(project)
    assert "not a checkout" not in run("--root", ".", "lint").stdout


@pytest.mark.parametrize("afresh", [True, False])
def test_a_changed_environment_is_believed_only_with_the_cache(
    make_project: Callable[..., Path], proven: Path, afresh: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the sandbox is strict, it never is."""
    monkeypatch.setenv("FIELDGUIDE_SANDBOX", "auto")
    root = make_project(proven=proven)
    (folder,) = (root / prepare.FOLDER).glob("flask-*")
    settings = folder / "pyvenv.cfg"
    text = settings.read_text("utf-8")
    settings.unlink()  # it is a link to the real one
    settings.write_text(text, "utf-8")
    assert verify(root, ["greeting/flask"]).problems == ()
    settings.write_text(f"{text}prompt = flask\n", "utf-8")
    report = verify(root, ["greeting/flask"], VerifyOptions(use_cache=not afresh))
    told = [problem.message for problem in report.problems]
    assert len(told) == afresh
    assert all("so the environment flask is not believed" in message for message in told)
    assert [result.outcome is Outcome.PASSED for result in report.results] == [not afresh]
