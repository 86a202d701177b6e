"""Collect a tree into its frameworks, contracts, snippets and guides, with every problem in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from . import cells, fences, footnotes, groups, probes, problems, sections, settings, toml
from .accounts import account
from .accounts import groups as groups_of
from .contracts import NAME as CONTRACT
from .contracts import read as read_contract
from .files import content_of, located
from .guides import Mention, including, mentions, misused
from .guides import read as read_pages
from .model import (
    Cell,
    Contract,
    Deviation,
    Entry,
    Framework,
    Group,
    Kind,
    Limits,
    Location,
    Problem,
    Snippet,
)
from .probes import Probing
from .problems import ProblemError
from .settings import SLUG

ENTRY = "app.py"
DEVIATIONS = "deviations.toml"

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
    limits: Limits
    """What a snippet may use."""
    accounts: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
    """Every fence of every page, by the page's path, in its order."""
    groups: Mapping[str, Group] = field(default_factory=dict)
    """The fences that are run, by the ids of their groups."""
    impossible: Mapping[str, Cell] = field(default_factory=dict)
    """What is declared as not possible, so that there is no snippet, by the snippet's id."""
    probing: Probing | None = None
    """What every framework is asked to see what it does by default; None where nothing is."""

    @property
    def cells(self) -> list[Cell]:
        """What is declared of who does the work, of snippets and of those that there cannot be."""
        declared = [one.cell for one in self.snippets.values() if one.cell is not None]
        return [*declared, *self.impossible.values()]


def contract_of(project: Project, snippet: Snippet) -> Contract | None:
    """What a snippet is held to; what a probed application is asked."""
    if snippet.concept == probes.FOLDER and project.probing is not None:
        return project.probing.contract
    return project.contracts.get(snippet.concept)


def collect(root: Path) -> Project:
    """The project under ``root``; raises `ProblemError` only where there is none."""
    set_up = settings.read(root)
    frameworks = set_up.frameworks
    found: list[Problem] = []
    contracts: dict[str, Contract] = {}
    snippets: dict[str, Snippet] = {}
    impossible: dict[str, Cell] = {}
    for folder in _folders(root, "snippets", found, allowed={"README.md"}):
        concept = folder.name
        if not SLUG.fullmatch(concept):
            found.append(problems.concept_name(located(root, folder)))
            continue
        contract = read_contract(root, folder, found)
        if contract is not None:
            contracts[concept] = contract
        within: dict[str, Snippet | Cell] = {}
        subs = list(_folders(root, f"snippets/{concept}", found, allowed={CONTRACT}))
        names = {sub.name for sub in subs}
        for sub in subs:
            if sub.name in frameworks:
                if snippet := _snippet(root, sub, contract, found):
                    within[sub.name] = snippet
            elif sub.name.lower() in names - {sub.name}:
                found.append(problems.same_id(located(root, sub), concept, sub.name.lower()))
            else:
                found.append(problems.unknown_framework(located(root, sub), frameworks))
        for one in (within[name] for name in frameworks if name in within):
            if isinstance(one, Snippet):
                snippets[one.id] = one
            else:
                impossible[one.id] = one
    probing = _probing(root, frameworks, found)
    seen: list[Mention] = []
    accounts: dict[str, tuple[Entry, ...]] = {}
    runs: dict[str, Group] = {}
    include = including(root)
    for path, text in read_pages(root, found):
        seen += mentions(path, text)
        page = fences.scan(path, text, include)
        found += (
            problems.marker_on_page(Location(path, marker.line), marker.name)
            for marker in sections.markers(text)
        )
        found += footnotes.misused(path, text)
        accounts[path], wrong = account(page.fences, {one.location for one in page.problems})
        found += [*page.problems, *wrong]
        for group in groups_of(accounts[path], frameworks, snippets, found):
            wrong = list(groups.misread(group))
            found += wrong
            if not wrong:
                runs[group.id] = group
    guides = {one.name: one.location for one in reversed(seen) if one.kind == "snippets"}
    shown = {one.name for one in seen if one.kind == "snippet"} | {
        f"{concept}/{name}" for concept in guides for name in frameworks
    }
    found += [problems.not_shown(s.location, s.id) for s in snippets.values() if s.id not in shown]
    found += _broken_mentions(root, seen, contracts, snippets, frameworks)
    return Project(
        root=root,
        frameworks=frameworks,
        contracts=contracts,
        snippets=snippets,
        guides=guides,
        mentions=tuple(seen),
        problems=tuple(found),
        limits=set_up.limits,
        accounts=accounts,
        groups=runs,
        impossible=impossible,
        probing=probing,
    )


def _probing(
    root: Path, frameworks: Mapping[str, Framework], found: list[Problem]
) -> Probing | None:
    """The probes with the applications that are asked them; None where there are none."""
    read = probes.read(root, frameworks, found)
    if read is None or not read[0]:
        return None
    asked, folders = read
    made = {folder.name: _snippet(root, folder, None, found) for folder in folders}
    applications = [made[name] for name in frameworks if name in made]
    whole = {one.id: one for one in applications if isinstance(one, Snippet)}
    return Probing(asked, probes.contract(asked), whole)


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
        if entry.is_symlink():
            found.append(problems.symbolic_link(located(root, entry)))
        elif entry.is_dir():
            yield entry
        else:
            found.append(problems.no_place(located(root, entry)))


def _snippet(
    root: Path, folder: Path, contract: Contract | None, found: list[Problem]
) -> Snippet | Cell | None:
    """The snippet in a folder, or the cell of one that is not possible; None for a problem."""
    id = f"{folder.parent.name}/{folder.name}"
    before = len(found)
    files: dict[str, bytes] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        expected = name.as_posix() in (ENTRY, DEVIATIONS, cells.NAME)
        if any(part in _IGNORED for part in name.parts):
            continue
        if path.is_symlink() or path.is_file() or expected:
            content = content_of(root, path, found)
            if content is not None:
                files[name.as_posix()] = content
    declared, said = files.pop(DEVIATIONS, None), files.pop(cells.NAME, None)
    for file, content in files.items():
        found += _marked(located(root, folder / file).path, content)
        if file.endswith(".py"):
            try:
                content.decode("utf-8")
            except UnicodeDecodeError as error:
                shown = located(root, folder / file).path
                found.append(problems.not_utf8(toml.not_utf8(content, shown, error)))
    deviations: tuple[Deviation, ...] = ()
    if declared is not None:
        deviations = tuple(
            _deviations(located(root, folder / DEVIATIONS), declared, contract, found)
        )
    cell: Cell | None = None
    if said is not None:
        cell = cells.read(root, id, located(root, folder / cells.NAME).path, said, files, found)
    if cell is not None and cell.kind is Kind.NOT_POSSIBLE and len(found) == before:
        return cell
    if ENTRY not in files and len(found) == before:
        found.append(problems.no_entry(Location(f"{located(root, folder).path}/{ENTRY}"), id))
    if len(found) > before:
        return None
    return Snippet(
        id=id,
        concept=folder.parent.name,
        framework=folder.name,
        files=files,
        entry=ENTRY,
        location=Location(f"{located(root, folder).path}/{ENTRY}", 1),
        deviations=deviations,
        cell=cell,
    )


def _marked(path: str, content: bytes) -> Iterator[Problem]:
    """What is wrong with the sections of a snippet's file."""
    if b"8<-" in content:
        text = content.decode("utf-8", "replace")
        yield from sections.check(text, path)
        yield from cells.misspelt(text, path)


def _deviations(
    where: Location, content: bytes, contract: Contract | None, found: list[Problem]
) -> Iterator[Deviation]:
    try:
        table, text = toml.parse(content, where.path)
    except ProblemError as error:
        found += error.problems
        return
    known = [check.name for check in contract.checks] if contract else None
    for name, entry in table.items():
        at = Location(where.path, toml.line_of(text, name))
        if not isinstance(entry, dict):
            at = Location(where.path, toml.line_of(text, "", name))
            found.append(problems.no_table(at, name))
            continue
        reason, source = entry.get("reason"), entry.get("source")
        unknown = [key for key in entry if key not in ("reason", "source")]
        for key in unknown:
            place = Location(where.path, toml.line_of(text, name, key))
            found.append(problems.unknown_setting(place, key, ("reason", "source")))
        if known is not None and name not in known:
            found.append(problems.unknown_check(at, name, known))
        elif not isinstance(reason, str) or not reason.strip():
            found.append(problems.no_reason(at, name))
        elif source is not None and not isinstance(source, str):
            place = Location(where.path, toml.line_of(text, name, "source"))
            found.append(problems.no_source(place, name))
        else:
            yield Deviation(name, reason.strip(), at, source)


def _broken_mentions(
    root: Path,
    seen: Sequence[Mention],
    contracts: Mapping[str, Contract],
    snippets: Mapping[str, Snippet],
    frameworks: Mapping[str, Framework],
) -> Iterator[Problem]:
    """Directives and includes that name what does not exist."""
    concepts = {snippet.concept for snippet in snippets.values()} | set(contracts)
    for one in seen:
        if (problem := misused(one)) is not None:
            yield problem
        elif one.kind in ("snippets", "contract") and one.name not in concepts:
            if not (root / "snippets" / one.name).is_dir() or not one.name:
                yield problems.unknown_concept(one.location, one.name, concepts)
        elif one.kind == "snippet" and one.name not in snippets:
            if not (root / "snippets" / one.name).is_dir() or "/" not in one.name:
                yield problems.unknown_snippet(one.location, one.name, snippets)
        elif one.kind == "framework" and one.name not in frameworks:
            yield problems.unknown_framework_named(one.location, one.name, frameworks)
        elif one.kind == "include":
            yield from one.problems(root)
