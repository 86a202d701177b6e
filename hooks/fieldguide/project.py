"""Collect a tree into its frameworks, contracts, snippets and guides, with every problem in it."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import problems
from .guides import Mention, mentions, misused
from .model import Check, Contract, Deviation, Framework, Location, Problem, Snippet
from .problems import ProblemError

ENTRY = "app.py"
CONTRACT = "contract.py"
DEVIATIONS = "deviations.toml"
FIXTURES = ("client",)
"""What a check may ask for, by the names of its parameters."""

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_IGNORED = ("__pycache__", ".DS_Store", ".ruff_cache", ".pytest_cache", ".mypy_cache")


@dataclass(frozen=True, slots=True)
class Project:
    """A tree, collected. What has a problem is left out; the rest is whole."""

    root: Path
    frameworks: Mapping[str, Framework]
    """By name, in the order of every page."""
    contracts: Mapping[str, Contract]
    """By concept."""
    snippets: Mapping[str, Snippet]
    """By id, concepts in order of their names, frameworks in theirs."""
    guides: Mapping[str, Location]
    """Where each concept's guide shows all of its snippets."""
    mentions: tuple[Mention, ...]
    """Every directive and include of every guide."""
    problems: tuple[Problem, ...]


def collect(root: Path) -> Project:
    """The project under ``root``; raises `ProblemError` only where there is none."""
    frameworks = _frameworks(root)
    found: list[Problem] = []
    contracts: dict[str, Contract] = {}
    snippets: dict[str, Snippet] = {}
    for folder in _folders(root, "snippets", found, allowed={"README.md"}):
        concept = folder.name
        if not _SLUG.fullmatch(concept):
            found.append(problems.concept_name(_at(root, folder)))
            continue
        contract = _contract(root, folder, found)
        if contract is not None:
            contracts[concept] = contract
        within: dict[str, Snippet] = {}
        for sub in _folders(root, f"snippets/{concept}", found, allowed={CONTRACT}):
            same = [name for name in within if name.lower() == sub.name.lower()]
            if same:
                found.append(problems.same_id(_at(root, sub), concept, same[0]))
            elif sub.name not in frameworks:
                found.append(problems.unknown_framework(_at(root, sub), frameworks))
            elif snippet := _snippet(root, sub, contract, found):
                within[sub.name] = snippet
        snippets.update({within[n].id: within[n] for n in frameworks if n in within})
    seen = tuple(mentions(root))
    guides = {one.name: one.location for one in reversed(seen) if one.kind == "snippets"}
    shown = {one.name for one in seen if one.kind == "snippet"} | {
        f"{concept}/{name}" for concept in guides for name in frameworks
    }
    found += [problems.not_shown(s.location, s.id) for s in snippets.values() if s.id not in shown]
    project = Project(root, frameworks, contracts, snippets, guides, seen, tuple(found))
    found += _broken_mentions(project)
    return Project(root, frameworks, contracts, snippets, guides, seen, tuple(found))


def _frameworks(root: Path) -> dict[str, Framework]:
    path = root / "pyproject.toml"
    try:
        settings = tomllib.loads(path.read_text("utf-8"))
    except OSError:
        raise ProblemError(problems.no_project(Location("pyproject.toml"))) from None
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        where = Location("pyproject.toml", int(line[1]) if line else None)
        raise ProblemError(problems.bad_toml(where, str(error))) from None
    table: dict[str, dict[str, Any]] = (
        settings.get("tool", {}).get("fieldguide", {}).get("frameworks", {})
    )
    if not table:
        raise ProblemError(problems.no_frameworks(Location("pyproject.toml")))
    frameworks = {}
    for name, entry in table.items():
        try:
            entry = {**entry, "preload": tuple(entry.get("preload", ()))}
            frameworks[name] = Framework(name=name, **entry)
        except TypeError as error:
            where = Location(
                "pyproject.toml", _line_of(path, f"[tool.fieldguide.frameworks.{name}]")
            )
            raise ProblemError(problems.bad_framework(where, name, str(error))) from None
    return frameworks


def _folders(root: Path, under: str, found: list[Problem], allowed: set[str]) -> Iterator[Path]:
    """The folders in ``under``, by name; any other entry than the allowed is a problem."""
    try:
        entries = sorted((root / under).iterdir())
    except OSError:
        found.append(problems.no_folder(Location(under)))
        return
    for entry in entries:
        if entry.name in _IGNORED or entry.name in allowed:
            continue
        if entry.is_dir():
            yield entry
        else:
            found.append(problems.no_place(_at(root, entry)))


def _contract(root: Path, folder: Path, found: list[Problem]) -> Contract | None:
    path = folder / CONTRACT
    where = _at(root, path)
    try:
        source = path.read_text("utf-8")
        tree = ast.parse(source, where.path)
    except FileNotFoundError:
        found.append(problems.no_contract(where, folder.name))
        return None
    except UnicodeDecodeError:
        found.append(problems.not_utf8(where))
        return None
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        found.append(problems.contract_syntax(Location(where.path, line), str(error)))
        return None
    checks: dict[str, Check] = {}
    before = len(found)
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef) or not node.name.startswith("test"):
            continue
        at = Location(where.path, node.lineno, node.end_lineno)
        claim = " ".join((ast.get_docstring(node) or "").split())
        parameters = [a.arg for a in (*node.args.posonlyargs, *node.args.args)]
        if node.name in checks:
            found.append(problems.same_check(at, node.name, checks[node.name].location))
        if not claim:
            found.append(problems.no_claim(at, node.name))
        for parameter in parameters:
            if parameter not in FIXTURES:
                found.append(problems.unknown_fixture(at, node.name, parameter, FIXTURES))
        checks[node.name] = Check(node.name, claim, at)
    if not checks:
        found.append(problems.no_checks(where))
    if len(found) > before:
        return None
    return Contract(folder.name, tuple(checks.values()), source, where)


def _snippet(
    root: Path, folder: Path, contract: Contract | None, found: list[Problem]
) -> Snippet | None:
    id = f"{folder.parent.name}/{folder.name}"
    files = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not any(part in _IGNORED for part in path.parts)
    }
    declared = files.pop(DEVIATIONS, None)
    if ENTRY not in files:
        found.append(problems.no_entry(Location(f"{_at(root, folder).path}/{ENTRY}"), id))
        return None
    deviations: tuple[Deviation, ...] = ()
    if declared is not None:
        before = len(found)
        deviations = tuple(_deviations(_at(root, folder / DEVIATIONS), declared, contract, found))
        if len(found) > before:
            return None
    return Snippet(
        id=id,
        concept=folder.parent.name,
        framework=folder.name,
        files=files,
        entry=ENTRY,
        location=Location(f"{_at(root, folder).path}/{ENTRY}", 1),
        deviations=deviations,
    )


def _deviations(
    where: Location, content: bytes, contract: Contract | None, found: list[Problem]
) -> Iterator[Deviation]:
    text = content.decode("utf-8", "replace")
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        at = Location(where.path, int(line[1]) if line else None)
        found.append(problems.bad_toml(at, str(error)))
        return
    known = [check.name for check in contract.checks] if contract else None
    for name, entry in table.items():
        at = Location(where.path, _line_in(text, f"[{name}]"))
        reason = entry.get("reason") if isinstance(entry, dict) else None
        if known is not None and name not in known:
            found.append(problems.unknown_check(at, name, known))
        elif not isinstance(reason, str) or not reason.strip():
            found.append(problems.no_reason(at, name))
        else:
            yield Deviation(name, reason.strip(), at, entry.get("source"))


def _broken_mentions(project: Project) -> Iterator[Problem]:
    """Directives and includes that name what does not exist."""
    concepts = {snippet.concept for snippet in project.snippets.values()} | set(project.contracts)
    for one in project.mentions:
        if (problem := misused(one)) is not None:
            yield problem
        elif one.kind in ("snippets", "contract") and one.name not in concepts:
            if not (project.root / "snippets" / one.name).is_dir() or not one.name:
                yield problems.unknown_concept(one.location, one.name, concepts)
        elif one.kind == "snippet" and one.name not in project.snippets:
            if not (project.root / "snippets" / one.name).is_dir() or "/" not in one.name:
                yield problems.unknown_snippet(one.location, one.name, project.snippets)
        elif one.kind == "include":
            yield from one.problems(project.root)


def _at(root: Path, path: Path) -> Location:
    return Location(path.relative_to(root).as_posix())


def _line_in(text: str, start: str) -> int | None:
    lines = enumerate(text.splitlines(), start=1)
    return next((number for number, line in lines if line.strip().startswith(start)), None)


def _line_of(path: Path, start: str) -> int | None:
    return _line_in(path.read_text("utf-8"), start)
