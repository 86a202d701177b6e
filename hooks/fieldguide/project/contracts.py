"""Read a contract without running it: its checks, and what is wrong with it."""

from __future__ import annotations

import ast
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

from ..base import problems as base_problems
from ..base import toml
from ..base.files import content_of, located
from ..base.problems import Problems
from ..model import Check, Contract, Location, Problem
from . import contract_problems

NAME = "contract.py"
FIXTURES = ("client",)
"""What a check may ask for, by the names of its parameters."""


def read(collector: Problems, root: Path, folder: Path) -> Contract | None:
    """The contract in a concept's folder; None where the collector got a problem of it."""
    path = folder / NAME
    where = located(root, path)
    content = content_of(collector, root, path)
    if content is None:
        if not path.exists() and not path.is_symlink():
            collector.add(contract_problems.no_contract(where, folder.name))
        return None
    source = _source(collector, content, where)
    tree = _tree(collector, source, where) if source is not None else None
    if source is None or tree is None:
        return None
    own = Problems()
    own.add(*_imports(tree, where))
    checks = _checks(own, tree, where)
    if not checks and not own:
        own.add(contract_problems.no_checks(where))
    collector.add(*own)
    return None if own else Contract(folder.name, tuple(checks.values()), source, where)


def asserting_nothing(contract: Contract) -> Iterator[Problem]:
    """The checks of a contract that have no `assert`, nor name a function of it that has one."""
    tree = _tree(Problems(), contract.source, contract.location)
    statements = tree.body if tree else []
    functions = {node.name: node for node in statements if isinstance(node, ast.FunctionDef)}
    for check in contract.checks:
        reached, ahead = set[str](), {check.name}
        while ahead:
            reached |= ahead
            named = {name for each in ahead for name in _names(functions[each])}
            ahead = (named & functions.keys()) - reached
        if not any(_can_fail(functions[name]) for name in reached):
            yield contract_problems.asserts_nothing(check.location, check.name)


def _names(function: ast.FunctionDef) -> Iterator[str]:
    return (node.id for node in ast.walk(function) if isinstance(node, ast.Name))


def _can_fail(function: ast.FunctionDef) -> bool:
    return any(isinstance(node, ast.Assert | ast.Raise) for node in ast.walk(function))


def _source(collector: Problems, content: bytes, where: Location) -> str | None:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        collector.add(base_problems.not_utf8(toml.undecodable(content, where.path, error)))
        return None


def _tree(collector: Problems, source: str, where: Location) -> ast.Module | None:
    try:
        with warnings.catch_warnings(action="ignore"):
            tree = ast.parse(source, where.path)
            # This finds what the parser lets pass.
            compile(source, where.path, "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        at = Location(where.path, getattr(error, "lineno", None))
        collector.add(contract_problems.contract_syntax(at, getattr(error, "msg", str(error))))
        return None
    return tree


def _checks(collector: Problems, tree: ast.Module, where: Location) -> dict[str, Check]:
    """The checks that a contract defines, by name."""
    checks: dict[str, Check] = {}
    for node in tree.body:
        check = _check(collector, node, where)
        for hidden in _hidden(node):
            at = Location(where.path, hidden.lineno, hidden.end_lineno)
            collector.add(contract_problems.no_plain_check(at, hidden.name))
        if check is not None:
            if check.name in checks:
                other = checks[check.name].location
                collector.add(contract_problems.same_check(check.location, check.name, other))
            checks[check.name] = check
    return checks


def _hidden(node: ast.stmt) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Checks below an ``if``, or in a class: whoever reads them takes them for some."""
    functions = ast.FunctionDef | ast.AsyncFunctionDef
    if isinstance(node, functions) or _is_check(node):
        return
    for inner in ast.walk(node):
        if isinstance(inner, functions) and inner.name.startswith("test_"):
            yield inner


def _is_check(node: ast.stmt) -> bool:
    """Whether pytest would take it for one, or for a class of some."""
    named = ast.AsyncFunctionDef | ast.ClassDef | ast.FunctionDef
    return isinstance(node, named) and node.name.lower().startswith("test")


def _check(collector: Problems, node: ast.stmt, where: Location) -> Check | None:
    """The check that a statement of a contract defines, if it does."""
    named = ast.AsyncFunctionDef | ast.ClassDef | ast.FunctionDef
    if not isinstance(node, named) or not node.name.lower().startswith("test"):
        return None
    at = Location(where.path, node.lineno, node.end_lineno)
    if not isinstance(node, ast.FunctionDef):
        collector.add(contract_problems.no_plain_check(at, node.name))
        return None
    if not node.name.startswith("test"):
        return None
    claim = " ".join((ast.get_docstring(node) or "").split())
    if not claim:
        collector.add(contract_problems.no_claim(at, node.name))
    parameters = [argument.arg for argument in (*node.args.posonlyargs, *node.args.args)]
    unknown = [name for name in parameters if name not in FIXTURES]
    for name in unknown:
        collector.add(contract_problems.unknown_fixture(at, node.name, name, FIXTURES))
    if not unknown and (parameters != [*FIXTURES] or node.args.kwonlyargs):
        collector.add(contract_problems.no_client(at, node.name))
    return Check(node.name, claim, at)


def _imports(tree: ast.Module, where: Location) -> Iterator[Problem]:
    """A contract's imports from outside the standard library."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = ["." * node.level + (node.module or "")]
        else:
            continue
        for name in names:
            if name.partition(".")[0] not in sys.stdlib_module_names:
                yield contract_problems.contract_import(Location(where.path, node.lineno), name)
