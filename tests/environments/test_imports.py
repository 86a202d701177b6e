"""What a snippet's files import."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldguide.environments import imports
from fieldguide.model import Distribution, Environment

ENVIRONMENT = Environment(
    "pyramid",
    Path("bin/python"),
    "3.13.0",
    "lock",
    (
        Distribution("pyramid", "2.0", ("pyramid",), True),
        Distribution("zope-sqlalchemy", "3.1", ("zope.sqlalchemy",), True),
        Distribution("zope-interface", "7.0", ("zope.interface",), False),
        Distribution("pyramid-tm", "2.5", ("pyramid_tm",), True),
        Distribution("aiosqlite", "0.20", ("aiosqlite",), True),
        Distribution("hidden", "1.0", ("hidden",), False),
    ),
    "fingerprint",
)


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("import pyramid.config", ["pyramid"]),
        ("from pyramid.config import Configurator", ["pyramid"]),
        ("def f():\n    import pyramid as p", ["pyramid"]),
        ("from zope import sqlalchemy", ["zope-sqlalchemy"]),
        ("import zope.interface.verify", ["zope-interface"]),
        ("import zope", []),
        ("import pyramid_x", []),
        ("from . import pyramid", []),
        ("config.include('pyramid_tm')", ["pyramid-tm"]),
        ("APPS = ['pyramid_tm.middleware.X', 'no name: pyramid']", ["pyramid-tm"]),
        ("URL = 'sqlite+aiosqlite:///shop.sqlite3'", ["aiosqlite"]),
        ("load('hidden')", []),
        ("import hidden", ["hidden"]),
        ("import pyramid\n1 +", []),
        ("x = '\\d'; import pyramid", ["pyramid"]),
    ],
)
def test_the_distributions_that_a_file_imports(source: str, names: list[str]) -> None:
    imported = imports.distributions({"app.py": source.encode()}, ENVIRONMENT)
    assert [distribution.name for distribution in imported] == names


def test_only_python_counts_and_versions_are_those_that_are_installed() -> None:
    files = {"a.py": b"import pyramid", "b.txt": b"import hidden", "c.py": b"\xff"}
    assert imports.imported(files, ENVIRONMENT) == {"pyramid": "2.0"}
