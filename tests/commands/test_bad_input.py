"""Bad input: each a located message with the next act, and the exit status that belongs to it.

A case is a folder of ``cases/bad_input``: the files in which a project differs from
``cases/base``, and ``expected.txt``, which is what ``fieldguide verify`` says of it.
What a case leaves as it is has passed before, so that only what is bad runs.
``pytest --accept`` writes it anew. What files cannot hold is in a case's ``case.toml``:

    arguments   what follows "fieldguide verify"
    remove      files and folders of the base project to leave out
    copies      folders to copy, for names that differ in case only
    links       symbolic links to make
    afresh      whether what passed before runs again: what is bad shows only then
    variables   environment variables
    wheel       the name of a distribution to offer instead of an index
"""

from __future__ import annotations

import re
import shutil
import tomllib
from collections.abc import Callable
from difflib import unified_diff
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from wheels import wheel

from fieldguide.commands.cli.main import main
from fieldguide.results import cache

CASES = Path(__file__).parents[1] / "cases" / "bad_input"
PLACE = re.compile(r"[\w./#-]+(:\d+)?: \S.*\. Next: \S.*\.")
"""What every problem looks like: its place, what it is, the next act."""


@pytest.mark.parametrize("case", sorted(CASES.iterdir()), ids=lambda case: case.name)
def test_bad_input(
    case: Path,
    proven: Path,
    make_project: Callable[..., Path],
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> None:
    root = make_project(proven=proven)
    settings = _lay_out(case, root)
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

    said = _verify(settings.get("arguments", []))

    expected = case / "expected.txt"
    if request.config.getoption("--accept"):
        expected.write_text(said, "utf-8")
    before = expected.read_text("utf-8") if expected.exists() else ""
    diff = "\n".join(unified_diff(before.splitlines(), said.splitlines(), "expected", "said"))
    assert said == before, f"\n{diff}\nIf that is meant: pytest --accept -k {case.name}"


def _lay_out(case: Path, root: Path) -> dict[str, Any]:
    """Turn the base project in ``root`` into the case's; gives the case's settings."""
    path = case / "case.toml"
    settings = tomllib.loads(path.read_text("utf-8")) if path.exists() else {}
    for name in settings.get("remove", []):
        gone = root / name
        shutil.rmtree(gone) if gone.is_dir() else gone.unlink()
    ignored = shutil.ignore_patterns("expected.txt", "case.toml")
    shutil.copytree(case, root, dirs_exist_ok=True, ignore=ignored)
    for source, copy in settings.get("copies", {}).items():
        shutil.copytree(root / source, root / copy)
    for link, target in settings.get("links", {}).items():
        (root / link).unlink(missing_ok=True)
        (root / link).symlink_to(target)
    return settings


def _verify(arguments: list[str]) -> str:
    """What the command says, and how it ends, without what no two runs have in common."""
    result = CliRunner().invoke(main, ["--root", ".", "verify", *arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    said = result.stderr if result.exit_code == 2 else result.stdout
    assert "Traceback" not in result.output
    *found, _ = [*said.splitlines(), ""] if result.exit_code == 2 else said.splitlines()
    for line in found:
        assert PLACE.fullmatch(line), f"not a located problem with a next act: {line}"
    said = re.sub(r"python3\.\d+", "python3.N", said)
    said = re.sub(r"(, \d+ from the cache)?, \d+\.\d\d s$", ", N s", said, flags=re.M)
    command = " ".join(["fieldguide verify", *arguments])
    return f"$ {command}\n{said}exit status {result.exit_code}\n"
