"""`LANGUAGES`: every language whose fences are run; a part that one of them lacks stops the import.

To add one: its module, a line here, its step in the worker's ``steps.py``, and its row in
``docs/about/writing.md``.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from ..base.paths import WORKER
from ..model import Options
from .console import CONSOLE
from .http import HTTP
from .language import Language, Option
from .pycon import PYCON
from .python import PYTHON

_OF_SHELLS_ELSEWHERE = ("powershell", "pwsh", "ps1", "ps1con", "bat", "batch", "cmd", "doscon")
"""Languages that nothing runs, and of which a reader would still think that the code was run."""


class LanguageError(Exception):
    """A language of which a part is missing, or is another's: a fault of the engine."""


def registered(*languages: Language[Any, Any]) -> Mapping[str, Language[Any, Any]]:
    """The languages by name; raises `LanguageError` for one that is not whole."""
    steps = worker_steps()
    taken: dict[str, str] = {}
    keys: dict[str, str] = {}
    for language in languages:
        if language.name not in steps:
            raise LanguageError(
                f'the language "{language.name}" has no step in the worker. '
                f'Next: add "{language.name}" to STEPS in worker/steps.py'
            )
        for name in (language.name, *language.aliases):
            _take(taken, name, language.name)
        for option in language.options:
            _take(keys, option.key, language.name)
            if option.field not in {field.name for field in fields(Options)}:
                raise LanguageError(
                    f'{option.key} of "{language.name}" sets the field {option.field}, which '
                    "model.Options does not have. Next: add it there"
                )
    return {language.name: language for language in languages}


def _take(taken: dict[str, str], name: str, language: str) -> None:
    if name in taken:
        raise LanguageError(
            f'"{name}" of the language "{language}" is taken by "{taken[name]}" already. '
            "Next: give it another name"
        )
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
    raise LanguageError("the worker has no table STEPS. Next: write one in worker/steps.py")


LANGUAGES = registered(PYTHON, PYCON, CONSOLE, HTTP)
"""By name, in the order in which pages name them."""
OPTIONS: Mapping[str, tuple[str, Option]] = {
    option.key: (language.name, option)
    for language in LANGUAGES.values()
    for option in language.options
}
"""The keys of info strings that one language has, each with its language."""
HOW: Mapping[str, str] = {
    **dict.fromkeys(_OF_SHELLS_ELSEWHERE, CONSOLE.how_alias),
    **{alias: one.how_alias for one in LANGUAGES.values() for alias in one.aliases},
    **{name: one.how for name, one in LANGUAGES.items()},
}
"""Every language of which a reader would think that its code was run, with the next act of who
wrote it and has not said whether it is."""


def runs_unasked(language: str) -> bool:
    """Whether fences of that language run without ``.run``."""
    return language in LANGUAGES and LANGUAGES[language].runs_unasked


def copied(language: str, source: str) -> str:
    """What the copy button copies of a fence, run or not; empty for the source as it stands."""
    return LANGUAGES[language].copied(source) if language in LANGUAGES else ""
