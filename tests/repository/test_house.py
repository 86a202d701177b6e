"""How the house is kept: small folders, short modules and functions, and a sentence over each."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HOOKS = ROOT / "hooks"
ENGINE = HOOKS / "fieldguide"
MODULES = sorted(HOOKS.rglob("*.py"))
PROGRAMS = sorted((ROOT / "tools").glob("*.py"))
TESTS = sorted(
    path
    for path in (ROOT / "tests").rglob("*.py")
    if not {"cases", "sites"} & set(path.relative_to(ROOT).parts)  # they are projects of their own
)
FOLDERS = sorted({path.parent for path in MODULES})
PACKAGES = sorted(path.parent for path in ENGINE.glob("*/__init__.py"))

ENTRIES = 13
"""A folder holds at most so many modules and folders, without the two that every package has."""
LINES = 250
"""A module has at most so many lines, and a file of tests too."""
FUNCTION = 60
"""A function has at most so many lines, its docstring among them."""
FIRST_LINE = 100
"""The first sentence of a module fits in one line of the source, or in two."""

WITHOUT_PROBLEMS = {
    "model": "records do nothing, so nothing goes wrong in them",
    "worker": "it runs elsewhere and imports nothing of the engine; what it says is a record",
}
"""Packages that word no problem of their own, and why."""

SHARED = (
    "its tests share what takes longest to make, a run or a built site, which is made once a file"
)
LONGER_TESTS = {
    "tests/browser/test_reading_list.py": SHARED,
    "tests/commands/test_complete.py": SHARED,
    "tests/links/test_hostile.py": SHARED,
    "tests/whole/test_faults.py": SHARED,
    "tests/whole/test_groups_run.py": SHARED,
    "tests/whole/test_hook.py": SHARED,
    "tests/whole/test_postgres.py": SHARED,
    "tests/whole/test_processes.py": SHARED,
}
"""Files of tests that are longer, and why they are not cut."""
WITHOUT_TESTS = {
    "fieldguide/commands/progress/protocol.py": "it hears, and does nothing",
    "fieldguide/worker/__main__.py": "it hands over; test_zygote and test_fresh start it",
}
"""Modules with functions that have no file of tests, and why."""
TESTED_WITH = {
    "fieldguide/base/defects.py": "test_complete",
    "fieldguide/commands/gate/drawings.py": "test_gate and test_bad_input",
    "fieldguide/commands/gate/entries.py": "test_gate",
    "fieldguide/commands/gate/included.py": "test_gate",
    "fieldguide/commands/gate/made.py": "test_gate",
    "fieldguide/commands/gate/names.py": "test_gate",
    "fieldguide/commands/gate/pytest_hooks.py": "test_pytest_gate",
    "fieldguide/commands/gate/texts.py": "test_gate",
    "fieldguide/commands/gate/tops.py": "test_gate",
    "fieldguide/languages/comparing/doctests.py": "test_pycon",
    "fieldguide/languages/comparing/line.py": "test_lines and test_places",
    "fieldguide/languages/pycon_example.py": "test_pycon",
    "fieldguide/links/kept.py": "test_seen and test_hostile",
    "fieldguide/links/model.py": "test_wording",
    "fieldguide/links/web/body.py": "test_fetch",
    "fieldguide/links/web/built.py": "test_reader",
    "fieldguide/links/web/connection.py": "test_guard and test_fetch",
    "fieldguide/links/web/fields.py": "test_fetch",
    "fieldguide/links/web/reading.py": "test_reader",
    "fieldguide/links/web/walls.py": "test_places",
    "fieldguide/pages/bound_problems.py": "test_problems",
    "fieldguide/pages/fences/parts.py": "test_shown_blocks",
    "fieldguide/pages/fences/seen.py": "test_shown_blocks",
    "fieldguide/pages/fences/too_much.py": "test_hostile_input",
    "fieldguide/running/boundary/before.py": "test_sandbox",
    "fieldguide/running/boundary/system_calls.py": "test_filter",
    "fieldguide/showing/includes.py": "test_hook",
    "fieldguide/worker/fences/variables.py": "test_shell",
    "fieldguide/worker/fences/waiting.py": "test_shell",
    "fieldguide/worker/process/memory.py": "test_namespace",
    "fieldguide/worker/process/standing.py": "test_limits and test_order",
    "fieldguide/worker/values.py": "test_assertions",
}
"""Parts of a larger whole, and the files that test them with it."""


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def entries(folder: Path) -> list[str]:
    own = {"__init__.py", "__main__.py", "__pycache__"}
    return [path.name for path in folder.iterdir() if path.name not in own]


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """The functions of a module and of its classes, each with its lines."""
    waiting: list[ast.AST] = [tree(path)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno is not None
            yield node.name, node.end_lineno - node.lineno + 1
        children = ast.iter_child_nodes(node)
        waiting += (child for child in children if not isinstance(child, ast.expr))


def docstring(path: Path) -> str:
    return ast.get_docstring(tree(path)) or ""


@pytest.mark.parametrize("folder", FOLDERS, ids=name)
def test_a_folder_is_taken_in_at_a_glance(folder: Path) -> None:
    assert len(entries(folder)) <= ENTRIES, sorted(entries(folder))


def test_a_module_is_short() -> None:
    lengths = {name(path): len(path.read_text("utf-8").splitlines()) for path in MODULES}
    assert {path: length for path, length in lengths.items() if length > LINES} == {}


def test_a_file_of_tests_is_short() -> None:
    lengths = {name(path): len(path.read_text("utf-8").splitlines()) for path in TESTS}
    longer = {path for path, length in lengths.items() if length > LINES}
    assert longer == LONGER_TESTS.keys()


def has_functions(path: Path) -> bool:
    return any(isinstance(node, ast.FunctionDef) for node in ast.walk(tree(path)))


def test_a_module_has_a_file_of_tests() -> None:
    """``tests/<package>/test_<module>.py``, or one of that name in ``tests/whole``."""
    places: dict[str, set[str]] = {}
    for path in TESTS:
        places.setdefault(path.stem, set()).add(path.relative_to(ROOT / "tests").parts[0])
    untested = {
        path.relative_to(HOOKS).as_posix()
        for path in ENGINE.rglob("*.py")
        if has_functions(path)
        and not {path.relative_to(ENGINE).parts[0], "whole"}
        & places.get(f"test_{path.stem}", set())
    }
    assert untested == WITHOUT_TESTS.keys() | TESTED_WITH.keys()
    for files in TESTED_WITH.values():
        assert set(files.split(" and ")) <= places.keys()


def test_a_function_is_short() -> None:
    long = {
        f"{name(path)}: {function}": length
        for path in [*MODULES, *PROGRAMS]
        for function, length in functions(path)
        if length > FUNCTION
    }
    assert long == {}


def misfit(path: Path) -> str | None:
    """What is amiss with the first sentence of a module; None where it is as it should be."""
    first = docstring(path).partition("\n\n")[0]
    if not first:
        return "there is none"
    if not re.match(r"[A-Z`]", first):
        return "it does not begin with a capital letter or with code"
    if not re.search(r"[.?!](\s|$)", first):
        return "it does not end"
    if len(re.split(r"(?<=[.?!])\s", first)[0]) > 2 * FIRST_LINE:
        return "it is longer than two lines"
    return None


def test_a_module_begins_with_a_sentence_that_says_what_it_holds() -> None:
    misfits = {name(path): misfit(path) for path in [*MODULES, *PROGRAMS, *TESTS]}
    assert {path: amiss for path, amiss in misfits.items() if amiss} == {}


def test_no_two_modules_say_the_same_of_themselves() -> None:
    """A copied sentence tells of one of them only."""
    paths: dict[str, list[str]] = {}
    for path in [*MODULES, *PROGRAMS, *TESTS]:
        paths.setdefault(docstring(path).partition("\n")[0], []).append(name(path))
    assert [same for same in paths.values() if len(same) > 1] == []


@pytest.mark.parametrize("package", PACKAGES, ids=name)
def test_a_package_words_its_problems_in_one_place(package: Path) -> None:
    has = (package / "problems.py").exists()
    reason = WITHOUT_PROBLEMS.get(package.name)
    assert has is (reason is None), reason or "it has no problems.py, and no reason why not"


def test_what_needs_no_problems_is_a_package() -> None:
    assert WITHOUT_PROBLEMS.keys() <= {package.name for package in PACKAGES}
    assert all(WITHOUT_PROBLEMS.values())


@pytest.mark.parametrize(
    ("text", "amiss"),
    [
        ("", "there is none"),
        ('"""the pages."""', "it does not begin with a capital letter or with code"),
        ('"""The pages"""', "it does not end"),
        ('"""' + "The pages, " * 20 + 'all."""', "it is longer than two lines"),
        ('"""The pages: what\nthey hold. More of it."""', None),
        ('"""`LANGUAGES`: all of them."""', None),
        ('"""Are they there?"""', None),
    ],
)
def test_the_rule_of_first_lines_tells_them_apart(
    text: str, amiss: str | None, tmp_path: Path
) -> None:
    path = tmp_path / "module.py"
    path.write_text(text)
    assert misfit(path) == amiss


def test_the_lengths_of_functions_are_those_of_the_source(tmp_path: Path) -> None:
    path = tmp_path / "module.py"
    path.write_text(
        "class A:\n    def f(self):\n        x = 1\n        return x\n\nasync def g(): 0\n"
    )
    assert sorted(functions(path)) == [("f", 3), ("g", 1)]
