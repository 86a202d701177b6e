"""What lies at the top of the checkout: there, Python imports and tools obey what they find.

The folders and files there that are read by programs are a closed list, so whoever adds one changes
this list as well, which a reviewer sees. Other texts, such as a licence, are free.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ...model import Problem
from . import problems
from .entries import for_tools
from .made import made
from .names import at

_FOLDERS = frozenset(
    (
        *("docs", "environments", "hooks", "probes", "snippets", "tests", "tools"),
        *(".ci", ".github"),
    )
)
_FILES = frozenset(
    (".gitattributes", ".gitignore", ".python-version", "Makefile", "mkdocs.yml", "pyproject.toml")
)
_RUN = re.compile(r".*\.(py|pyw|pyi|mk)|(gnu|bsd)?makefile|justfile|.*(require|constrain).*\.txt")
"""What is imported from the top, or run by a command that is given no file."""


def unknown(paths: Iterable[str]) -> Iterator[Problem]:
    """The problem of each folder and file at the top that git tracks, and that a program would take
    for its own."""
    for name in dict.fromkeys(path.partition("/")[0] + "/" * ("/" in path) for path in paths):
        known = name.rstrip("/") in _FOLDERS if name.endswith("/") else name in _FILES
        if not known and not made(name) and _is_read(name):
            yield problems.unknown_at_the_top(at(name.rstrip("/")))


def _is_read(name: str) -> bool:
    folded = name.casefold()
    return (
        folded.endswith("/")
        or folded.startswith(".")
        or bool(_RUN.fullmatch(folded))
        or for_tools(folded)
    )
