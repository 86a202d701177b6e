"""`LANGUAGES`: every language whose fences are run; where a part is missing, the import fails.

To add one: its module, a line here, its step in ``worker/fences/steps.py``, and its row in
``docs/about/writing.md``.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from ..base.paths import WORKER
from ..model import Options
from . import problems
from .console import CONSOLE
from .http import HTTP
from .language import Language, Option, names
from .pycon import PYCON
from .python import PYTHON

_OF_SHELLS_ELSEWHERE = (
    *names("PowerShell", "PowerShell Session", "Batchfile", "MSDOS Session"),
    *names("Tcsh", "Tcsh Session", "Fish", "Execline", "Slurm"),
    *("cmd", "nushell", "nu"),
)
"""Languages that nothing here runs, although a reader would expect it."""


class LanguageError(Exception):
    """A part of a language is missing, or belongs to another one: a fault of the engine."""


def registered(*languages: Language[Any, Any]) -> Mapping[str, Language[Any, Any]]:
    """The languages by name; raises `LanguageError` for one that lacks a part."""
    steps = worker_steps()
    taken: dict[str, str] = {}
    keys: dict[str, str] = {}
    shared: list[Option] = []  # a language may have the very option of another one
    for language in languages:
        if language.name not in steps:
            raise LanguageError(problems.language_without_step(language.name))
        for name in (language.name, *language.aliases):
            _take(taken, name, language.name)
        for option in language.options:
            if any(option is other for other in shared):
                continue
            shared.append(option)
            _take(keys, option.key, language.name)
            if option.field not in {field.name for field in fields(Options)}:
                raise LanguageError(
                    problems.option_without_field(option.key, language.name, option.field)
                )
    return {language.name: language for language in languages}


def _take(taken: dict[str, str], name: str, language: str) -> None:
    if name in taken:
        raise LanguageError(problems.name_taken(name, language, taken[name]))
    taken[name] = language


def worker_steps() -> frozenset[str]:
    """The names in the worker's table of steps, read from its source: nothing imports the worker.

    Raises `LanguageError` where there is no such table.
    """
    for path in WORKER.rglob("steps.py"):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.AnnAssign) and getattr(node.target, "id", "") == "STEPS":
                names = ast.walk(node.value) if node.value is not None else ()
                strings = (name.value for name in names if isinstance(name, ast.Constant))
                return frozenset(name for name in strings if isinstance(name, str))
    raise LanguageError(problems.no_table_of_steps())


LANGUAGES = registered(PYTHON, PYCON, CONSOLE, HTTP)
"""By name, in the order in which pages name them."""
OPTIONS: Mapping[str, tuple[tuple[str, ...], Option]] = {
    option.key: (tuple(name for name, each in LANGUAGES.items() if option in each.options), option)
    for language in LANGUAGES.values()
    for option in language.options
}
"""The keys of info strings that not every language has, each with its languages."""
HOW: Mapping[str, str] = {
    **dict.fromkeys(_OF_SHELLS_ELSEWHERE, ""),
    **{alias: language.how_alias for language in LANGUAGES.values() for alias in language.aliases},
    **{name: language.how for name, language in LANGUAGES.items()},
}
"""By the name of each language whose code a reader would expect to have been run: what to do with
a fence that does not say whether it runs; empty where nothing can run it."""


def runs_unasked(language: str) -> bool:
    """Whether fences of that language run without ``.run``."""
    return language in LANGUAGES and LANGUAGES[language].runs_unasked


def copied(language: str, source: str) -> str:
    """What the copy button copies of a fence, run or not; empty for the source as it stands."""
    return LANGUAGES[language].copied(source) if language in LANGUAGES else ""
