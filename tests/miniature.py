"""Miniature projects that run in the real project's environments, made once."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from fieldguide import environments
from fieldguide.model import Report, Result

ROOT = Path(__file__).parent.parent
SNIPPETS = ROOT / "snippets"
FRAMEWORKS = ("django", "flask", "bottle", "pyramid", "falcon", "webpy", "tornado")

WSGI = """\
def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "2")])
    return [b"ok"]
"""
"""An application that answers everything."""

OK = '''\
def test_it_answers(client):
    """It answers 200."""
    assert client.get("/").status == 200
'''
"""A contract that it keeps."""


def miniature(root: Path, frameworks: Iterable[str], files: Mapping[str, str | bytes]) -> Path:
    """A project under ``root`` with those files in its ``snippets/``."""
    for name in frameworks:
        environments.prepare(ROOT, name)
    (root / ".fieldguide").mkdir(parents=True)
    (root / environments.FOLDER).symlink_to(ROOT / environments.FOLDER)
    shutil.copyfile(ROOT / "pyproject.toml", root / "pyproject.toml")
    (root / "docs").mkdir()
    (root / "environments").mkdir()
    for name in frameworks:
        shutil.copy(ROOT / "environments" / f"{name}.txt", root / "environments")
    for path, content in files.items():
        place = root / "snippets" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return root


def files_of(folder: Path) -> dict[str, bytes]:
    """A folder's files by their path in it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


def by_id(report: Report) -> dict[str, Result]:
    return {result.id: result for result in report.results}
