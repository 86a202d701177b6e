"""Read a contract without running it: its checks, and what is wrong with it."""

from __future__ import annotations

import ast
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

from . import problems, toml
from .files import content_of, located
from .model import Check, Contract, Location, Problem

NAME = "contract.py"
FIXTURES = ("client",)
"""What a check may ask for, by the names of its parameters."""


def read(root: Path, folder: Path, found: list[Problem]) -> Contract | None:
    """The contract in a concept's folder; None where ``found`` got a problem of it."""
    path = folder / NAME
    where = located(root, path)
    content = content_of(root, path, found)
    if content is None:
        if not path.exists() and not path.is_symlink():
            found.append(problems.no_contract(where, folder.name))
        return None
    try:
        source = content.decode("utf-8-sig")
        with warnings.catch_warnings(action="ignore"):
            tree = ast.parse(source, where.path)
            # This finds what the parser lets pass.
            compile(source, where.path, "exec", dont_inherit=True)
    except UnicodeDecodeError as error:
        found.append(problems.not_utf8(toml.not_utf8(content, where.path, error)))
        return None
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        at = Location(where.path, getattr(error, "lineno", None))
        found.append(problems.contract_syntax(at, getattr(error, "msg", str(error))))
        return None
    before = len(found)
    found += _imports(tree, where)
    checks: dict[str, Check] = {}
    for node in tree.body:
        wrong, check = _check(node, where)
        found += wrong
        if check is not None:
            if check.name in checks:
                other = checks[check.name].location
                found.append(problems.same_check(check.location, check.name, other))
            checks[check.name] = check
    if not checks and len(found) == before:
        found.append(problems.no_checks(where))
    if len(found) > before:
        return None
    return Contract(folder.name, tuple(checks.values()), source, where)


def _check(node: ast.stmt, where: Location) -> tuple[list[Problem], Check | None]:
    """The check that a statement of a contract defines, if it does, and what is wrong with it."""
    named = ast.AsyncFunctionDef | ast.ClassDef | ast.FunctionDef
    if not isinstance(node, named) or not node.name.lower().startswith("test"):
        return [], None
    at = Location(where.path, node.lineno, node.end_lineno)
    if not isinstance(node, ast.FunctionDef):
        return [problems.no_plain_check(at, node.name)], None
    if not node.name.startswith("test"):
        return [], None
    found: list[Problem] = []
    claim = " ".join((ast.get_docstring(node) or "").split())
    if not claim:
        found.append(problems.no_claim(at, node.name))
    parameters = [one.arg for one in (*node.args.posonlyargs, *node.args.args)]
    unknown = [name for name in parameters if name not in FIXTURES]
    found += [problems.unknown_fixture(at, node.name, name, FIXTURES) for name in unknown]
    if not unknown and (parameters != [*FIXTURES] or node.args.kwonlyargs):
        found.append(problems.no_client(at, node.name))
    return found, Check(node.name, claim, at)


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
                yield problems.contract_import(Location(where.path, node.lineno), name)
