"""Who does the work of a snippet, told from what it imports."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldguide.environments import imports, prepare, providers
from fieldguide.model import Distribution, Framework, Kind
from fieldguide.project import settings

ROOT = Path(__file__).parents[2]


def kind_of(framework: str, source: str) -> Kind:
    """What the real environment of a framework says of an application."""
    environment = prepare.prepare(ROOT, framework)
    imported = imports.distributions({"app.py": source.encode()}, environment)
    described = settings.read(ROOT).frameworks[framework]
    shown = providers.shown(described, [one.name for one in imported], environment.distributions)
    return providers.derived(shown)


@pytest.mark.parametrize(
    ("framework", "source", "kind"),
    [
        ("django", "import json, sqlite3", Kind.CORE),
        ("django", "from django.conf import settings", Kind.CORE),
        ("django", "import asgiref", Kind.CORE),
        ("django", "APPS = ['corsheaders']", Kind.THIRD_PARTY),
        ("django", "M = ['whitenoise.middleware.WhiteNoiseMiddleware']", Kind.THIRD_PARTY),
        ("django", "from ninja import NinjaAPI", Kind.THIRD_PARTY),
        ("flask", "import flask, jinja2, werkzeug, markupsafe, itsdangerous, click", Kind.CORE),
        ("flask", "from flask_wtf import FlaskForm", Kind.OFFICIAL),
        (
            "flask",
            "from flask_wtf import FlaskForm\nfrom wtforms import StringField",
            Kind.OFFICIAL,
        ),
        ("flask", "from flask_sqlalchemy import SQLAlchemy\nimport sqlalchemy", Kind.OFFICIAL),
        ("flask", "import sqlalchemy", Kind.THIRD_PARTY),
        ("flask", "import flask_wtf, flask_login", Kind.THIRD_PARTY),
        ("bottle", "from bottle import Bottle\nfrom waitress import serve", Kind.CORE),
        ("bottle", "import argon2", Kind.THIRD_PARTY),
        ("pyramid", "from waitress import serve\nfrom zope.interface import Interface", Kind.CORE),
        ("pyramid", "config.include('pyramid_jinja2')", Kind.OFFICIAL),
        ("pyramid", "import deform, colander", Kind.OFFICIAL),
        ("pyramid", "import zope.sqlalchemy", Kind.THIRD_PARTY),
        ("pyramid", "from zope import sqlalchemy", Kind.THIRD_PARTY),
        ("falcon", "import falcon.asgi, uvicorn", Kind.CORE),
        ("falcon", "import jinja2", Kind.THIRD_PARTY),
        ("webpy", "import web", Kind.CORE),
        ("tornado", "import tornado.web", Kind.CORE),
        ("tornado", "url = 'sqlite+aiosqlite:///shop.sqlite3'", Kind.THIRD_PARTY),
    ],
)
def test_the_kind_is_told_from_what_is_imported(framework: str, source: str, kind: Kind) -> None:
    assert kind_of(framework, source) is kind


def test_a_package_of_several_distributions_is_told_apart() -> None:
    environment = prepare.prepare(ROOT, "pyramid")
    found = imports.distributions({"app.py": b"import zope.sqlalchemy"}, environment)
    assert [one.name for one in found] == ["zope-sqlalchemy"]


def test_what_is_needed_includes_what_that_needs() -> None:
    distributions = [
        Distribution("shop", "1", ("shop",), True, ("cart", "money")),
        Distribution("cart", "1", ("cart",), False, ("money", "gone")),
        Distribution("money", "1", ("money",), False, ("shop",)),
        Distribution("other", "1", ("other",), True),
    ]
    assert providers.needed(["shop", "unknown"], distributions) == {"shop", "cart", "money"}


def test_an_extra_counts_for_the_distribution_that_has_it() -> None:
    falcon = {d.name: d for d in prepare.prepare(ROOT, "falcon").distributions}
    assert "greenlet" in falcon["sqlalchemy"].requires
    assert "aiosqlite" not in falcon["sqlalchemy"].requires  # the project asks for it itself
    flask = {d.name: d for d in prepare.prepare(ROOT, "flask").distributions}
    assert "werkzeug" in flask["flask"].requires


def test_a_nearer_kind_than_the_imports_show_can_be_declared(tmp_path: Path) -> None:
    """Falcon's own errors on a page that Jinja fills in."""
    framework = Framework("falcon", "Falcon", "falcon", "uvicorn", "")
    names = ("falcon", "uvicorn", "jinja2")
    distributions = [Distribution(name, "1", (name,), True) for name in names]
    shown = providers.shown(framework, names, distributions)
    assert shown == {Kind.CORE, Kind.THIRD_PARTY}
    assert providers.derived(shown) is Kind.THIRD_PARTY
