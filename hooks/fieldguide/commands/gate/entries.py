"""What lies below the folders that strangers send files for: files, folders, links, and the rest.

Nothing is followed or opened here.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from ...base import problems as base_problems
from ...base.files import IGNORED
from ...model import Problem
from . import problems
from .names import at

FOLDERS = ("docs", "environments", "probes", "snippets")
"""The folders that are looked through."""

_LINK, _SUBMODULE = "120000", "160000"

_READ_BY_TOOLS = frozenset(
    (
        *("conftest.py", "pytest.ini", "pytest.toml", "tox.ini", "tox.toml", "setup.cfg"),
        *("setup.py", "pyproject.toml", "mypy.ini", "ruff.toml", "noxfile.py", "uv.toml"),
        *("sitecustomize.py", "usercustomize.py", "pyvenv.cfg", "pylintrc", "pip.conf"),
        *("coverage.toml", "pyrightconfig.json", "ty.toml", "hatch.toml", "mkdocs.yml"),
    )
)
"""Files that pytest, the Python of `.venv` or another tool runs or obeys where it finds them. Names
that start with a dot are refused anyway."""
_TEST = re.compile(r"test_.*\.py|.*_test\.py|test.*\.(txt|rst)")
"""What pytest takes for tests, and for texts with doctests."""
_COMPILED = re.compile(r".*\.(pth|_pth|egg-link|pyc|pyo|pyd|so|dll|dylib)")
"""What Python obeys, or runs without anybody having read it."""
_LEFT = re.compile(r"\.(.*\.sw[a-p]|#.*|~lock\..*#|_.*)")
"""What editors leave beside a file while it is open."""


class Kind(Enum):
    """What an entry is on the disk, or for git."""

    FILE = "file"
    FOLDER = "folder"
    LINK = "symbolic link"
    SUBMODULE = "submodule"
    OTHER = "none of these, or closed"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a folder."""

    path: str
    """In the project, with slashes; what is not UTF-8 stands as surrogates."""
    kind: Kind
    sent: bool
    """Whether it can come from somebody else: git tracks it, or there is no git to ask."""


def below(root: Path, modes: Mapping[str, str] | None) -> Iterator[Entry]:
    """Every entry of the `FOLDERS`, and the links and submodules that only git knows of."""
    sent = None if modes is None else set(modes)
    for path in modes or {}:
        sent |= {path[:end] for end, mark in enumerate(path) if mark == "/"}  # type: ignore[operator]
    waiting = [folder for folder in reversed(FOLDERS) if os.path.lexists(root / folder)]
    while waiting:
        path = waiting.pop()
        kind = _kind(root / path)
        if kind is Kind.FOLDER:
            try:
                names = sorted(os.listdir(root / path), reverse=True)
                waiting += [f"{path}/{name}" for name in names]
            except OSError:
                kind = Kind.OTHER
        yield Entry(path, kind, sent is None or path in sent)
    for path, mode in (modes or {}).items():
        if mode in (_LINK, _SUBMODULE) and path.partition("/")[0].casefold() in FOLDERS:
            kind = Kind.LINK if mode == _LINK else Kind.SUBMODULE
            yield Entry(path, kind, True)


def misplaced(entry: Entry) -> Iterator[Problem]:
    """What is wrong with an entry's kind and its name, as tools understand names."""
    name = _folded(entry.path.rpartition("/")[2])
    where = at(entry.path)
    if entry.kind is Kind.LINK:
        yield base_problems.symbolic_link(where)
    elif entry.kind is Kind.SUBMODULE or name == ".git":
        yield problems.submodule(where)
    elif entry.kind is Kind.OTHER:
        yield problems.no_file(where)
    elif "/" not in entry.path:
        if entry.kind is not Kind.FOLDER:
            yield problems.no_folder(where)
    elif name.startswith("."):
        if entry.sent and name not in map(_folded, IGNORED) and not _LEFT.fullmatch(name):
            yield problems.hidden(where)
    elif entry.kind is Kind.FILE and for_tools(name):
        here = entry.sent and "__pycache__" not in entry.path.split("/")
        if here or not _COMPILED.fullmatch(name):
            yield problems.for_tools(where)


def for_tools(name: str) -> bool:
    """Whether a tool runs or obeys a file of this name, which is folded, wherever it finds it."""
    return name in _READ_BY_TOOLS or any(pattern.fullmatch(name) for pattern in (_TEST, _COMPILED))


def _folded(name: str) -> str:
    """The name as a file system without case finds it."""
    return unicodedata.normalize("NFKC", name).casefold()


def _kind(path: Path) -> Kind:
    if path.is_symlink():
        return Kind.LINK
    if path.is_dir():
        return Kind.FOLDER
    return Kind.FILE if path.is_file() else Kind.OTHER
