"""Resolve dependency groups into hash-pinned locks that serve every supported Python."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from ..base.problems import ProblemError, Problems
from ..base.writing import atomic
from . import dependency_groups, pins, problems, uv

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
    known = [*dependency_groups.names(root), SITE]
    collector = Problems()
    for name in names or known:
        try:
            if name not in known:
                raise ProblemError(problems.environment_unknown(name, known))
            if name != SITE:
                dependency_groups.wanted(root, name)
            line = _lock(root, name, upgrade)
            if say:
                say(line)
        except ProblemError as error:
            collector.add(*error.problems)
    collector.stop()


def _lock(root: Path, name: str, upgrade: bool) -> str:
    """Resolve one environment; gives a line that says what has changed."""
    lock_path = f"environments/{name}.txt"
    path = root / lock_path
    try:
        path.parent.mkdir(exist_ok=True)
        before = path.read_text("utf-8", "replace") if path.exists() else ""
        with atomic.replacing(path) as beside:
            if before and not any(pins.unfit(lock_path, before.encode("utf-8"))):
                shutil.copyfile(path, beside)  # uv keeps the versions that it finds in its output
            after = _resolve(root, name, beside, upgrade)
    except uv.UvError as error:
        outside = uv.explain_outside(name, lock_path, error)
        unresolvable = problems.group_unresolvable(name, uv.quote(str(error)))
        raise ProblemError(outside or unresolvable) from None
    except OSError as error:
        raise ProblemError(problems.environment_not_made(lock_path, name, str(error))) from None
    return f"{lock_path}: {_changes(_versions(before), _versions(after))}"


def _resolve(root: Path, name: str, output: Path, upgrade: bool) -> str:
    """Have uv write the lock; gives its text. Raises UvError, and ProblemError for a lock that
    would serve this machine alone."""
    sources = ["--group", f"pyproject.toml:{name}"]
    if name == SITE:
        sources = ["pyproject.toml", "--group", "pyproject.toml:test"]
    uv.run(
        root,
        ["pip", "compile", *sources, "--output-file", str(output), "--generate-hashes"]
        + ["--universal", "--python", uv.interpreter(), "--python-version", OLDEST_PYTHON]
        + ["--only-binary", ":all:"]  # to ask a source for what it needs is to run it
        + ["--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links"]
        + (["--upgrade"] if upgrade else []),
    )
    text = output.read_text("utf-8")
    if address := _ADDRESS.search(text):
        raise ProblemError(problems.lock_has_address(name, uv.quote(address[0])))
    if unfit := tuple(pins.unfit(f"environments/{name}.txt", text.encode("utf-8"))):
        raise ProblemError(*unfit)
    return text


def _versions(lock: str) -> dict[str, str]:
    """Versions by name; a name that has several for several Pythons has them all."""
    versions: dict[str, str] = {}
    for pin in pins.read(lock):
        known = versions.get(pin.name)
        versions[pin.name] = f"{known} and {pin.version}" if known else pin.version
    return versions


def _changes(before: dict[str, str], after: dict[str, str]) -> str:
    words = [f"{name} {after[name]} added" for name in after if name not in before]
    words += [f"{name} removed" for name in before if name not in after]
    words += [
        f"{name} {before[name]} to {after[name]}"
        for name in after
        if name in before and before[name] != after[name]
    ]
    return ", ".join(sorted(words)) or "as before"
