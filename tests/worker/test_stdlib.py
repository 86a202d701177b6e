"""Every module of the worker runs where nothing of ours is installed, and in a browser."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldguide.base.paths import WORKER

MODULES = {path.relative_to(WORKER).as_posix(): path for path in sorted(WORKER.rglob("*.py"))}
"""Every module of every folder, by its path in the worker."""
FRAMEWORKS = {
    "drivers/tornado.py": {"tornado"},
    "drivers/servers.py": {"gunicorn", "waitress", "uvicorn", "tornado"},
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
    "fences/patience.py",
    "__main__.py",
    "drivers/servers.py",
    "drivers/sockets.py",
    "fences/listening.py",
    "fences/shell.py",
    "fences/terminal.py",
    "fences/waiting.py",
    "proc.py",
    *(name for name in MODULES if name.startswith("process/")),
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


def test_the_lists_name_modules() -> None:
    assert MODULES.keys() >= FRAMEWORKS.keys() | MACHINE
    assert len(MODULES) > 30


@pytest.mark.parametrize("name", MODULES)
def test_only_the_standard_library_is_imported(name: str) -> None:
    outside = {
        (module, top)
        for module, top in imports(MODULES[name])
        if module not in sys.stdlib_module_names
    }
    assert {module for module, _ in outside} <= FRAMEWORKS.get(name, set())
    assert not any(top for _, top in outside)


@pytest.mark.parametrize("name", sorted(MODULES.keys() - MACHINE))
def test_what_a_browser_lacks_is_not_imported_at_the_top(name: str) -> None:
    assert {module for module, top in imports(MODULES[name]) if top} & NO_BROWSER == set()


def relative(name: str, node: ast.ImportFrom) -> set[str]:
    """The worker's own modules that an import names, by their paths in the worker."""
    folder = (WORKER / name).parents[node.level - 1]
    module = folder.joinpath(*(node.module or "").split("."))
    paths = {module.with_suffix(".py")} | {module / f"{alias.name}.py" for alias in node.names}
    return {named for named, path in MODULES.items() if path in paths}


@pytest.mark.parametrize("name", sorted(MODULES.keys() - MACHINE))
def test_a_module_that_a_browser_loads_takes_the_others_late(name: str) -> None:
    for node in ast.parse(MODULES[name].read_text("utf-8")).body:
        if isinstance(node, ast.ImportFrom) and node.level:
            assert relative(name, node) & MACHINE == set()


def test_relative_imports_are_seen() -> None:
    """So that the test above cannot pass because it sees none."""
    (node,) = ast.parse("from ..process import watch, zygote").body
    assert isinstance(node, ast.ImportFrom)
    assert relative("drivers/load.py", node) == {"process/watch.py", "process/zygote.py"}
    (node,) = ast.parse("from .shell import Shell").body
    assert isinstance(node, ast.ImportFrom)
    assert relative("fences/group.py", node) == {"fences/shell.py"}


def test_every_module_loads_in_a_bare_interpreter() -> None:
    names = [
        name.removesuffix(".py").replace("/", ".")
        for name in MODULES
        if not name.endswith(("__init__.py", "__main__.py"))
    ]
    bare = [sys._base_executable, "-I", "-S", "-c", LOAD, str(WORKER), *names]  # type: ignore[attr-defined]
    run = subprocess.run(bare, capture_output=True, text=True, check=True)
    known = {*sys.stdlib_module_names, "__main__", "fieldguide_worker"}
    assert set(json.loads(run.stdout)) - known == set()
