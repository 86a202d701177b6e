"""Who does the work, derived from what is imported."""

from __future__ import annotations

from dataclasses import replace

import pytest
from samples import FLASK

from fieldguide.environments import providers
from fieldguide.model import Cell, Distribution, Kind, Location

FRAMEWORK = replace(FLASK, official=("flask-wtf",))
INSTALLED = tuple(
    Distribution(name, "1", (name.replace("-", "_"),), True, requires)
    for name, requires in {
        "flask": ("werkzeug",),
        "werkzeug": (),
        "gunicorn": ("packaging",),
        "packaging": (),
        "flask-wtf": ("wtforms", "flask"),
        "wtforms": (),
        "sqlalchemy": ("greenlet", "nowhere"),
        "greenlet": ("sqlalchemy",),
    }.items()
)


def test_what_is_needed_is_needed_all_the_way_and_once() -> None:
    assert providers.needed(["flask-wtf", "nobody"], INSTALLED) == {
        *("flask-wtf", "wtforms", "flask", "werkzeug"),
    }
    assert providers.needed(["greenlet"], INSTALLED) == {"greenlet", "sqlalchemy"}


@pytest.mark.parametrize(
    ("imported", "kinds"),
    [
        ((), {Kind.CORE}),
        (("flask", "werkzeug", "packaging"), {Kind.CORE}),
        (("flask", "flask-wtf"), {Kind.CORE, Kind.OFFICIAL}),
        (("flask-wtf", "wtforms"), {Kind.CORE, Kind.OFFICIAL}),
        (("wtforms",), {Kind.CORE, Kind.THIRD_PARTY}),
        (("flask-wtf", "greenlet"), {Kind.CORE, Kind.OFFICIAL, Kind.THIRD_PARTY}),
        (("django",), {Kind.CORE}),
    ],
)
def test_the_kinds_of_imports(imported: tuple[str, ...], kinds: set[Kind]) -> None:
    assert providers.shown(FRAMEWORK, imported, INSTALLED) == kinds


def test_the_farthest_kind_is_that_of_the_snippet() -> None:
    assert providers.derived({Kind.CORE}) is Kind.CORE
    assert providers.derived({Kind.THIRD_PARTY, Kind.CORE, Kind.OFFICIAL}) is Kind.THIRD_PARTY


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        (Kind.OFFICIAL, 'what forms/flask imports already says "official extension"'),
        (Kind.CORE, None),
        (Kind.THIRD_PARTY, 'declared as "third party", and nothing that it imports is'),
        (Kind.BY_HAND, None),
        (None, None),
    ],
)
def test_a_declared_kind_that_is_needless(kind: Kind | None, message: str | None) -> None:
    cell = Cell("forms/flask", Location("cell.toml", 1), kind, why="So.")
    problems = list(providers.needless(cell, {Kind.CORE, Kind.OFFICIAL}))
    assert [problem.message.find(message or "") >= 0 for problem in problems] == (
        [True] if message else []
    )
