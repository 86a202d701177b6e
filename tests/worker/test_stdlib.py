"""The worker runs where nothing of ours is installed, and in a browser."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldguide.base.paths import WORKER

MODULES = sorted(WORKER.glob("*.py"))
FRAMEWORKS = {
    "server.py": {"tornado"},
    "production.py": {"gunicorn", "waitress", "uvicorn", "tornado"},
}
"""What may be imported besides the standard library, inside of functions."""
NO_BROWSER = {
    "concurrent",
    "ctypes",
    "fcntl",
    "multiprocessing",
    "resource",
    "selectors",
    "signal",
    "socket",
    "socketserver",
    "ssl",
    "subprocess",
    "threading",
}
MACHINE = {
    "namespace.py",
    "once.py",
    "production.py",
    "shell.py",
    "sockets.py",
    "watch.py",
    "zygote.py",
}
"""Modules that a browser never loads."""

LOAD = """
import importlib, importlib.util, json, sys
folder = sys.argv[1]
spec = importlib.util.spec_from_file_location(
    "fieldguide_worker", folder + "/__init__.py", submodule_search_locations=[folder]
)
package = importlib.util.module_from_spec(spec)
sys.modules["fieldguide_worker"] = package
spec.loader.exec_module(package)
for name in sys.argv[2:]:
    importlib.import_module("fieldguide_worker." + name)
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""


def imports(path: Path) -> Iterator[tuple[str, bool]]:
    """The top-level names of a module's imports, and whether each is at its top."""
    tree = ast.parse(path.read_text("utf-8"))
    inside = {
        id(node)
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for node in ast.walk(function)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name.partition(".")[0], id(node) not in inside
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield str(node.module).partition(".")[0], id(node) not in inside


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_only_the_standard_library_is_imported(path: Path) -> None:
    foreign = {(name, top) for name, top in imports(path) if name not in sys.stdlib_module_names}
    assert {name for name, _ in foreign} <= FRAMEWORKS.get(path.name, set())
    assert not any(top for _, top in foreign)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_what_a_browser_lacks_is_not_imported_at_the_top(path: Path) -> None:
    if path.name not in MACHINE:
        assert {name for name, top in imports(path) if top} & NO_BROWSER == set()


def test_a_module_that_a_browser_loads_takes_the_others_late() -> None:
    late = {path.removesuffix(".py") for path in MACHINE}
    for path in MODULES:
        if path.name in MACHINE:
            continue
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.ImportFrom) and node.level:
                named = {node.module} if node.module else {alias.name for alias in node.names}
                assert not named & late, path.name


def test_every_module_loads_in_a_bare_interpreter() -> None:
    names = [path.stem for path in MODULES if not path.stem.startswith("__")]
    bare = [sys._base_executable, "-I", "-S", "-c", LOAD, str(WORKER), *names]  # type: ignore[attr-defined]
    done = subprocess.run(bare, capture_output=True, text=True, check=True)
    known = {*sys.stdlib_module_names, "__main__", "fieldguide_worker"}
    assert set(json.loads(done.stdout)) - known == set()
