"""Collect a tree into its frameworks, contracts, snippets and guides, with every problem in it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..base import problems as base_problems
from ..base.files import IGNORED, located
from ..base.problems import Problems
from ..base.text import SLUG
from ..model import Cell, Contract, Entry, Framework, Group, Location, Problem, Snippet, snippet_id
from ..pages import footnotes, groups, page_files, sections
from ..pages.account import account
from ..pages.account import groups as groups_of
from ..pages.directives import Mention
from ..pages.directives import mentions as mentions_of
from ..pages.fences import scan
from . import contracts, mentions, probes, problems, settings, snippets
from .probes import Probing
from .record import Project

Frameworks = Mapping[str, Framework]


@dataclass(frozen=True, slots=True)
class _Concepts:
    """What stands in ``snippets/``."""

    contracts: dict[str, Contract] = field(default_factory=dict)
    snippets: dict[str, Snippet] = field(default_factory=dict)
    impossible: dict[str, Cell] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Pages:
    """What stands in ``docs/``."""

    mentions: list[Mention] = field(default_factory=list)
    accounts: dict[str, tuple[Entry, ...]] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)


def collect(root: Path) -> Project:
    """The project under ``root``; raises `ProblemError` only where there is none."""
    set_up = settings.read(root)
    frameworks = set_up.frameworks
    collector = Problems()
    concepts = _concepts(collector, root, frameworks)
    probing = _probing(collector, root, frameworks)
    pages = _pages(collector, root, frameworks, concepts.snippets)
    guides = {
        mention.name: mention.location
        for mention in reversed(pages.mentions)
        if mention.kind == "snippets"
    }
    collector.add(*_not_shown(concepts.snippets.values(), guides, frameworks, pages.mentions))
    collector.add(
        *mentions.broken(root, pages.mentions, concepts.contracts, concepts.snippets, frameworks)
    )
    return Project(
        root=root,
        frameworks=frameworks,
        contracts=concepts.contracts,
        snippets=concepts.snippets,
        guides=guides,
        mentions=tuple(pages.mentions),
        problems=tuple(collector),
        limits=set_up.limits,
        accounts=pages.accounts,
        groups=pages.groups,
        impossible=concepts.impossible,
        probing=probing,
    )


def _concepts(collector: Problems, root: Path, frameworks: Frameworks) -> _Concepts:
    """Every contract, and every snippet, concepts by name and frameworks in their order."""
    concepts = _Concepts()
    for folder in _folders(collector, root, "snippets", allowed=("README.md",)):
        if not SLUG.fullmatch(folder.name):
            collector.add(problems.concept_name(located(root, folder)))
            continue
        contract = contracts.read(collector, root, folder)
        if contract is not None:
            concepts.contracts[folder.name] = contract
        read = {
            path.name: snippets.read(collector, root, path, contract)
            for path in _implementations(collector, root, folder, frameworks)
        }
        for snippet in (read[name] for name in frameworks if name in read):
            if isinstance(snippet, Snippet):
                concepts.snippets[snippet.id] = snippet
            elif snippet is not None:
                concepts.impossible[snippet.id] = snippet
    return concepts


def _implementations(
    collector: Problems, root: Path, concept: Path, frameworks: Frameworks
) -> Iterator[Path]:
    """The folders of a concept that a framework has, by name."""
    under = f"snippets/{concept.name}"
    folders = list(_folders(collector, root, under, allowed=(contracts.NAME,)))
    names = {folder.name for folder in folders}
    for folder in folders:
        lower = folder.name.lower()
        if folder.name in frameworks:
            yield folder
        elif lower in names - {folder.name}:
            collector.add(problems.same_id(located(root, folder), concept.name, lower))
        else:
            collector.add(problems.unknown_framework(located(root, folder), frameworks))


def _folders(
    collector: Problems, root: Path, under: str, allowed: Collection[str]
) -> Iterator[Path]:
    """The folders in ``under``, by name; any other entry than the allowed is a problem."""
    try:
        entries = sorted((root / under).iterdir())
    except OSError:
        collector.add(problems.no_folder(Location(under)))
        return
    for entry in entries:
        if entry.name in IGNORED or entry.name in allowed:
            continue
        if entry.is_symlink():
            collector.add(base_problems.symbolic_link(located(root, entry)))
        elif entry.is_dir():
            yield entry
        else:
            collector.add(problems.no_place(located(root, entry)))


def _probing(collector: Problems, root: Path, frameworks: Frameworks) -> Probing | None:
    """The probes with the applications that are asked them; None where there are none."""
    read = probes.read(collector, root, frameworks)
    if read is None or not read[0]:
        return None
    asked, folders = read
    read_from = {folder.name: snippets.read(collector, root, folder, None) for folder in folders}
    applications = [read_from[name] for name in frameworks if name in read_from]
    whole = {one.id: one for one in applications if isinstance(one, Snippet)}
    return Probing(asked, probes.contract(asked), whole)


def _pages(
    collector: Problems, root: Path, frameworks: Frameworks, known: Mapping[str, Snippet]
) -> _Pages:
    """What every page mentions, and the account of its fences."""
    pages = _Pages()
    include = page_files.including(root)
    for path, text in page_files.read(collector, root):
        pages.mentions.extend(mentions_of(path, text))
        page = scan.scan(path, text, include)
        collector.add(*_on_the_page(path, text))
        entries, wrong = account(page.fences, {problem.location for problem in page.problems})
        pages.accounts[path] = entries
        collector.add(*page.problems, *wrong)
        unable: list[Problem] = []
        for group in groups_of(entries, frameworks, known, unable):
            misread = list(groups.misread(group))
            unable += misread
            if not misread:
                pages.groups[group.id] = group
        collector.add(*unable)
    return pages


def _on_the_page(path: str, text: str) -> Iterator[Problem]:
    """What is wrong with a page outside of its fences."""
    for marker in sections.markers(text):
        yield problems.marker_on_page(Location(path, marker.line), marker.name)
    yield from footnotes.misused(path, text)


def _not_shown(
    snippets: Collection[Snippet],
    guides: Collection[str],
    frameworks: Frameworks,
    mentions: Collection[Mention],
) -> Iterator[Problem]:
    """Snippets that no guide shows."""
    shown = {mention.name for mention in mentions if mention.kind == "snippet"}
    shown |= {snippet_id(concept, name) for concept in guides for name in frameworks}
    for snippet in snippets:
        if snippet.id not in shown:
            yield problems.not_shown(snippet.location, snippet.id)
