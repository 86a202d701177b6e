"""Bad input: each a located message with the next act, and the exit status that belongs to it.

A case is a folder of ``cases/bad_input``: the files in which a project differs from
``cases/base``, and ``expected.txt``, which is what ``fieldguide verify`` says of it.
What a case leaves as it is has passed before, so that only what is bad runs.
``pytest --accept`` writes it anew. What files cannot hold is in a case's ``case.toml``:

    arguments   what follows "fieldguide verify"
    remove      files and folders of the base project to leave out
    copies      folders to copy, for names that differ in case only
    links       symbolic links to make
    texts       files by their names, for names and contents that nobody would see in a case
    pipes       named pipes to make
    checkout    git tracks everything that is there then, but for what .gitignore names
    tracked     what git tracks besides, though it is ignored
    index       entries of git that no file stands for: a mode by its path
    afresh      whether what passed before runs again: what is bad shows only then
    variables   environment variables
    wheel       the name of a distribution to offer instead of an index
    runs        something is started: a part of the whole run only
"""

from __future__ import annotations

import os
import re
import shutil
import tomllib
from collections.abc import Callable
from difflib import unified_diff
from pathlib import Path
from typing import Any

import pytest
from checkout import add, forge, git
from cli import CASES, run
from miniature import ROOT
from wheels import wheel

from fieldguide.results import cache
from fieldguide.running.pool import Pool

PLACE = re.compile(r"\S.*?(:\d+)?: \S.*\. Next: \S.*\.")
"""What every problem looks like: its place, what it is, the next act."""


class Started(Exception):  # noqa: N818
    """A case starts something, and its ``case.toml`` does not say ``runs``."""


def _refuse(*arguments: object) -> None:
    raise Started


def _settings(case: Path) -> dict[str, Any]:
    """What the case's ``case.toml`` says."""
    path = case / "case.toml"
    return tomllib.loads(path.read_text("utf-8")) if path.exists() else {}


def _cases() -> list[object]:
    """The cases; those that start something are parts of the whole run."""
    return [
        pytest.param(
            case, id=case.name, marks=[pytest.mark.whole] if _settings(case).get("runs") else []
        )
        for case in sorted(CASES.iterdir())
    ]


@pytest.mark.parametrize("case", _cases())
def test_bad_input(
    case: Path,
    proven: Path,
    make_project: Callable[..., Path],
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> None:
    root = make_project(proven=proven)
    settings = _settings(case)
    _lay_out(case, settings, root)
    if not settings.get("runs"):
        monkeypatch.setattr(Pool, "run", _refuse)
    if settings.get("afresh"):
        shutil.rmtree(root / cache.FOLDER)
    for name, value in settings.get("variables", {}).items():
        monkeypatch.setenv(name, value)
    if name := settings.get("wheel"):
        wheel(root / "wheels", name, "1.0", {f"{name}.py": ""})
        monkeypatch.setenv("UV_NO_INDEX", "1")
        monkeypatch.setenv("UV_FIND_LINKS", str(root / "wheels"))
    monkeypatch.setenv("UV_CACHE_DIR", str(root / "uv-cache"))
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    monkeypatch.chdir(root)

    output = _verify(settings.get("arguments", []))

    expected = case / "expected.txt"
    if request.config.getoption("--accept"):
        expected.write_text(output, "utf-8")
    before = expected.read_text("utf-8") if expected.exists() else ""
    diff = "\n".join(unified_diff(before.splitlines(), output.splitlines(), "expected", "output"))
    assert output == before, f"\n{diff}\nIf that is meant: pytest --accept -k {case.name}"


def _lay_out(case: Path, settings: dict[str, Any], root: Path) -> None:
    """Turn the base project in ``root`` into the case's."""
    for name in settings.get("remove", []):
        gone = root / name
        shutil.rmtree(gone) if gone.is_dir() else gone.unlink()
    ignored = shutil.ignore_patterns("expected.txt", "case.toml")
    shutil.copytree(case, root, dirs_exist_ok=True, ignore=ignored)
    for source, copy in settings.get("copies", {}).items():
        shutil.copytree(root / source, root / copy)
    for link, target in settings.get("links", {}).items():
        (root / link).unlink(missing_ok=True)
        (root / link).parent.mkdir(parents=True, exist_ok=True)
        (root / link).symlink_to(target)
    for name, text in settings.get("texts", {}).items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(text.encode())
    for name in settings.get("pipes", []):
        os.mkfifo(root / name)
    if settings.get("checkout"):
        _track(settings, root)


def _track(settings: dict[str, Any], root: Path) -> None:
    """Make the project a checkout, as if its ``.gitignore`` were the real one's."""
    ignored = (ROOT / ".gitignore").read_text("utf-8")
    git(root, "init", "--quiet")
    (root / ".git/info").mkdir(exist_ok=True)
    (root / ".git/info/exclude").write_text(ignored + "*.key\n")
    add(root, ".")
    for name in settings.get("tracked", []):
        add(root, name, ignored=True)
    for path, mode in settings.get("index", {}).items():
        forge(root, mode, path)


def _verify(arguments: list[str]) -> str:
    """What the command says, and how it ends, without what no two runs have in common."""
    result = run("--root", ".", "verify", *arguments)
    output = result.stderr if result.exit_code == 2 else result.stdout
    *problems, _ = [*output.splitlines(), ""] if result.exit_code == 2 else output.splitlines()
    for line in problems:
        assert PLACE.fullmatch(line), f"not a located problem with a next act: {line}"
    output = re.sub(r"python3\.\d+", "python3.N", output)
    output = re.sub(r"(, \d+ from the cache)?, \d+\.\d\d s(?=; |$)", ", N s", output, flags=re.M)
    command = " ".join(["fieldguide verify", *arguments])
    return f"$ {command}\n{output}exit status {result.exit_code}\n"
