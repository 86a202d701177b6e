"""Resolve dependency groups into hash-pinned locks that serve every supported Python."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from . import dependencies, problems, uv
from .model import Problem
from .problems import ProblemError

SITE = "site"
"""The project's own environment: its dependencies and the group ``test``."""

OLDEST_PYTHON = "3.11"

_ADDRESS = re.compile(r"^.*(://| @ |^-e ).*$", re.M)


def lock(
    root: Path,
    names: Sequence[str] = (),
    *,
    upgrade: bool = False,
    say: Callable[[str], None] | None = None,
) -> None:
    """Resolve the environments ``names``, or all and the project's own, into ``environments/``.

    What is pinned stays as it is where it still fits, unless ``upgrade``. Each lock is written
    whole or not at all. Raises ProblemError with the problem of every environment that failed.
    """
    root = root.resolve()
    known = [*dependencies.names(root), SITE]
    found: list[Problem] = []
    for name in names or known:
        try:
            if name not in known:
                raise ProblemError(problems.environment_unknown(name, known))
            if name != SITE:
                dependencies.wanted(root, name)
            line = _lock_one(root, name, upgrade)
            if say:
                say(line)
        except ProblemError as error:
            found += error.problems
    if found:
        raise ProblemError(*found)


def _lock_one(root: Path, name: str, upgrade: bool) -> str:
    """Resolve one; gives a line that says what changed."""
    path = root / "environments" / f"{name}.txt"
    beside = path.with_name(f".{name}-{os.getpid()}.txt")
    sources = ["--group", f"pyproject.toml:{name}"]
    if name == SITE:
        sources = ["pyproject.toml", "--group", "pyproject.toml:test"]
    try:
        path.parent.mkdir(exist_ok=True)
        before = ""
        if path.exists():
            shutil.copyfile(path, beside)  # uv keeps the versions that it finds in its output
            before = path.read_text("utf-8", "replace")
        uv.run(
            root,
            ["pip", "compile", *sources, "--output-file", str(beside), "--generate-hashes"]
            + ["--universal", "--python", uv.interpreter(), "--python-version", OLDEST_PYTHON]
            + ["--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links"]
            + (["--upgrade"] if upgrade else []),
        )
        after = beside.read_text("utf-8")
        address = _ADDRESS.search(after)
        if address:
            raise ProblemError(problems.lock_has_address(name, uv.quote(address[0])))
        beside.replace(path)
    except uv.UvError as error:
        outside = uv.explain_outside(name, f"environments/{name}.txt", error)
        unresolvable = problems.group_unresolvable(name, uv.quote(str(error)))
        raise ProblemError(outside or unresolvable) from None
    except OSError as error:
        where = f"environments/{name}.txt"
        raise ProblemError(problems.environment_not_made(where, name, str(error))) from None
    finally:
        beside.unlink(missing_ok=True)
    return f"environments/{name}.txt: {_changes(_pins(before), _pins(after))}"


def _pins(text: str) -> dict[str, str]:
    """Versions by name; a name that has several for several Pythons has them all."""
    pins: dict[str, str] = {}
    for name, version in re.findall(r"^([\w.-]+)==([^\s;\\]+)", text, re.M):
        pins[name] = f"{pins[name]} and {version}" if name in pins else version
    return pins


def _changes(before: dict[str, str], after: dict[str, str]) -> str:
    words = [f"{name} {after[name]} added" for name in after if name not in before]
    words += [f"{name} removed" for name in before if name not in after]
    words += [
        f"{name} {before[name]} to {after[name]}"
        for name in after
        if name in before and before[name] != after[name]
    ]
    return ", ".join(sorted(words)) or "as before"
