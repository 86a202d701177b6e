"""Inline fences beside a fresh process each, and beside other tools that run code in Markdown."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import perf_counter

from fieldguide.environments import prepare
from fieldguide.environments.dependency_groups import BENCH

FRAMEWORKS = ("flask", "django", "bottle")
EACH = 100
PAGES = 30
WORKERS = 2

_CODE = {
    "flask": """
        from flask import Flask

        app = Flask(__name__)


        @app.get("/items/<int:item>")
        def show(item):
            return {{"id": item}}


        response = app.test_client().get("/items/{number}")
        assert response.json == {{"id": {number}}}
        assert app.test_client().get("/").status_code == 404
        """,
    "django": """
        from django.conf import settings
        from django.http import JsonResponse
        from django.test import Client
        from django.urls import path

        settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["testserver"])


        def show(request, item):
            return JsonResponse({{"id": item}})


        urlpatterns = [path("items/<int:item>", show)]
        response = Client().get("/items/{number}")
        assert response.json() == {{"id": {number}}}
        assert Client().get("/").status_code == 404
        """,
    "bottle": """
        from wsgiref.util import setup_testing_defaults

        from bottle import default_app, route


        @route("/items/<item:int>")
        def show(item):
            return {{"id": item}}


        status = []
        environ = {{"PATH_INFO": "/items/{number}"}}
        setup_testing_defaults(environ)
        body = default_app()(environ, lambda line, *more: status.append(line))
        assert status == ["200 OK"]
        assert b"".join(body) == b'{{"id": {number}}}'
        assert len(default_app().routes) == 1
        """,
}

_PYTEST_EXAMPLES = """
import pytest
from pytest_examples import find_examples


@pytest.mark.parametrize("example", find_examples("docs"), ids=str)
def test_example(example, eval_example):
    eval_example.run(example)
"""
_MKTESTDOCS = """
from pathlib import Path

import pytest
from mktestdocs import grab_code_blocks

BLOCKS = [
    block for page in sorted(Path("docs").glob("*.md"))
    for block in grab_code_blocks(page.read_text(), lang="python")
]


@pytest.mark.parametrize("block", BLOCKS)
def test_block(block):
    exec(block, {"__name__": "__main__"})
"""


def inline(root: Path, repeat: int) -> Iterator[str]:
    """The figures in lines: seconds of wall clock, the best of ``repeat``, and wrong failures."""
    sources = [
        (name, textwrap.dedent(_CODE[name]).strip().format(number=number))
        for number in range(EACH)
        for name in FRAMEWORKS
    ]
    yield (
        f"{len(sources)} inline fences of {', '.join(FRAMEWORKS)}, mixed over {PAGES} pages, "
        f"{WORKERS} at once; every failure is wrong"
    )
    with tempfile.TemporaryDirectory(prefix="fieldguide-") as path:
        folder = Path(path)
        ours = _project(root, folder / "ours", sources)
        verify = [sys.executable, "-m", "fieldguide", "--root", str(ours), "verify", "docs"]
        verify += ["--no-cache", "--jobs", str(WORKERS)]
        mine, output = _best(repeat, verify, ours)
        failed = len(sources) - _number(r"fences: (\d+) passed", output)
        alone, failed_alone = _fresh(root, folder / "fresh", sources)
        yield f"  {'a fresh process each':24}{alone:8.2f} s   {failed_alone} wrong"
        yield f"  {'fieldguide verify':24}{mine:8.2f} s   {failed} wrong   1/{alone / mine:.1f}"
        peers = _pages(folder / "peers", sources, "python")
        python = str(prepare.prepare(root, BENCH).python)
        for name, code in (("pytest-examples", _PYTEST_EXAMPLES), ("mktestdocs", _MKTESTDOCS)):
            (peers / "test_docs.py").write_text(code, "utf-8")
            command = [python, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_docs.py"]
            seconds, output = _best(1, command, peers)
            failed = len(sources) - _number(r"(\d+) passed", output)
            yield f"  {name:24}{seconds:8.2f} s   {failed} wrong   1/{alone / seconds:.1f}"


def _number(pattern: str, output: str) -> int:
    """The number that a line of the output says; 0 where it says none."""
    match = re.search(pattern, output)
    return int(match[1]) if match else 0


def _project(root: Path, folder: Path, sources: Sequence[tuple[str, str]]) -> Path:
    """A project with nothing but pages, in the environments of the real one."""
    for name in FRAMEWORKS:
        prepare.prepare(root, name)
    _pages(folder, sources, 'python {{.run data-env="{name}"}}')
    (folder / "snippets").mkdir()
    (folder / "pyproject.toml").write_bytes((root / "pyproject.toml").read_bytes())
    for name in ("environments", prepare.FOLDER):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).symlink_to((root / name).resolve())
    return folder


def _pages(folder: Path, sources: Sequence[tuple[str, str]], info: str) -> Path:
    """The fences in a folder's pages."""
    (folder / "docs").mkdir(parents=True)
    each = len(sources) // PAGES
    for page in range(PAGES):
        text = f"# Page {page}\n"
        for name, source in sources[page * each : (page + 1) * each]:
            text += f"\nSome words.\n\n```{info.format(name=name)}\n{source}\n```\n"
        (folder / "docs" / f"page-{page:02}.md").write_text(text, "utf-8")
    return folder


def _fresh(root: Path, folder: Path, sources: Sequence[tuple[str, str]]) -> tuple[float, int]:
    """Seconds for all in a process each, and how many failed."""
    folder.mkdir()
    pythons = {name: str(prepare.prepare(root, name).python) for name in FRAMEWORKS}

    def run(numbered: tuple[int, tuple[str, str]]) -> bool:
        number, (name, source) = numbered
        file = folder / f"fence_{number}.py"
        file.write_text(source, "utf-8")
        return subprocess.run([pythons[name], str(file)], capture_output=True).returncode != 0

    started = perf_counter()
    with ThreadPoolExecutor(WORKERS) as pool:
        failed = sum(pool.map(run, enumerate(sources)))
    return perf_counter() - started, failed


def _best(repeat: int, command: Sequence[str], folder: Path) -> tuple[float, str]:
    """The seconds of the fastest of several runs, and the output of the last."""
    seconds, output = float("inf"), ""
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    for _ in range(repeat):
        started = perf_counter()
        run = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
        seconds, output = min(seconds, perf_counter() - started), run.stdout
    return seconds, output
