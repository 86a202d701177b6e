"""What the Python files of a snippet import, and the installed distributions that provide it."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator, Mapping

from ..model import Distribution, Environment, Snippet

_DOTTED = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*")
_DRIVER = re.compile(r"\w+\+(\w+):")
"""The driver in the address of a database: ``sqlite+aiosqlite:///shop.sqlite3``."""


def distributions(files: Mapping[str, bytes], environment: Environment) -> Iterator[Distribution]:
    """The environment's distributions that the files import.

    A framework may also load one by a name in a string: ``config.include("pyramid_tm")``, the path
    of a middleware in Django's settings, the driver in the address of a database. Such a name
    counts only for a distribution that the dependency group names.
    """
    imported, named = _names(files)
    for distribution in environment.distributions:
        names = imported | named if distribution.direct else imported
        if any(_within(name, distribution.modules) for name in names):
            yield distribution


def _within(name: str, modules: tuple[str, ...]) -> bool:
    """Whether a dotted name is one of the modules, or lies in one."""
    return any(name == module or name.startswith(f"{module}.") for module in modules)


def _names(files: Mapping[str, bytes]) -> tuple[set[str], set[str]]:
    """Dotted names in imports, and those in strings."""
    imported: set[str] = set()
    named: set[str] = set()
    for name, content in files.items():
        if not name.endswith(".py"):
            continue
        try:
            with warnings.catch_warnings(action="ignore"):
                tree = ast.parse(content)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                imported.update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                # A name of a package may be a module of another: `from zope import sqlalchemy`.
                imported.add(node.module)
                imported.update(f"{node.module}.{alias.name}" for alias in node.names)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                if _DOTTED.fullmatch(node.value):
                    named.add(node.value)
                elif driver := _DRIVER.match(node.value):
                    named.add(driver[1])
    return imported, named


def versions(snippet: Snippet, environment: Environment) -> dict[str, str]:
    """The distributions that the snippet's files import, with their versions: the install line."""
    return imported(snippet.files, environment)


def imported(files: Mapping[str, bytes], environment: Environment) -> dict[str, str]:
    """The distributions that files import, with their versions."""
    return {
        distribution.name: distribution.version
        for distribution in distributions(files, environment)
    }
