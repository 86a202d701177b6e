"""Collect a tree into its frameworks, contracts, snippets and guides, with every problem in it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..base import problems as base_problems
from ..base.files import IGNORED, located
from ..base.problems import ProblemError, Problems
from ..base.text import SLUG
from ..model import Cell, Contract, Entry, Framework, Group, Location, Problem, Snippet, snippet_id
from ..pages import account, footnotes, front_matter, groups, includes, page_files, sections, titles
from ..pages import problems as page_problems
from ..pages.directives import Mention
from ..pages.directives import mentions as mentions_of
from ..pages.fences import scan
from ..pages.includable import Includable
from . import contracts, mentions, probes, problems, settings, snippets
from .probes import Probing
from .record import Project

Frameworks = Mapping[str, Framework]


@dataclass(frozen=True, slots=True)
class _Concepts:
    """Everything below ``snippets/``, without what has a problem."""

    contracts: dict[str, Contract] = field(default_factory=dict)
    snippets: dict[str, Snippet] = field(default_factory=dict)
    impossible: dict[str, Cell] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Pages:
    """Everything that the pages in ``docs/`` say."""

    mentions: list[Mention] = field(default_factory=list)
    accounts: dict[str, tuple[Entry, ...]] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    refused: dict[str, tuple[Problem, ...]] = field(default_factory=dict)


def collect(root: Path) -> Project:
    """The project under ``root``; raises `ProblemError` only where there is none."""
    configured = settings.read(root)
    frameworks = configured.frameworks
    collector = Problems()
    concepts = _concepts(collector, root, frameworks)
    probing = _probing(collector, root, frameworks)
    includable = Includable(root)
    pages = _pages(collector, includable, frameworks, concepts.snippets)
    known = (concepts.contracts, concepts.snippets, frameworks)
    broken = list(mentions.broken(includable, pages.mentions, *known))
    collector.add(*broken)
    places = {problem.location for problem in broken}
    right = [mention for mention in pages.mentions if mention.location not in places]
    guides = {
        mention.name: mention.location for mention in reversed(right) if mention.word == "snippets"
    }
    if not pages.refused:
        wrong = [mention for mention in pages.mentions if mention.location in places]
        shown = _shown(guides, frameworks, right)
        collector.add(*_not_shown(concepts.snippets.values(), shown, wrong))
    return Project(
        root=root,
        frameworks=frameworks,
        contracts=concepts.contracts,
        snippets=concepts.snippets,
        guides=guides,
        mentions=tuple(pages.mentions),
        problems=tuple(dict.fromkeys(collector)),  # an include of a page is also a mention
        limits=configured.limits,
        accounts=pages.accounts,
        groups=pages.groups,
        refused=pages.refused,
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
        if folder.name == probes.FOLDER:
            collector.add(problems.concept_taken(located(root, folder)))
            continue
        contract = contracts.read(collector, root, folder)
        if contract is not None:
            concepts.contracts[folder.name] = contract
            collector.add(*contracts.asserting_nothing(contract))
        implementations = {
            path.name: snippets.read(collector, root, path, contract)
            for path in _implementations(collector, root, folder, frameworks)
        }
        for name in frameworks:
            implementation = implementations.get(name)
            if isinstance(implementation, Snippet):
                concepts.snippets[implementation.id] = implementation
            elif implementation is not None:
                concepts.impossible[implementation.id] = implementation
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
            missing = [name for name in allowed if not entry.with_name(name).exists()]
            collector.add(problems.no_place(located(root, entry), missing))


def _probing(collector: Problems, root: Path, frameworks: Frameworks) -> Probing | None:
    """The probes with the applications that are asked them; None where there are none."""
    declared = probes.read(collector, root, frameworks)
    if declared is None or not declared[0]:
        return None
    requests, folders = declared
    by_name = {folder.name: snippets.read(collector, root, folder, None) for folder in folders}
    ordered = [by_name.get(name) for name in frameworks]
    applications = {app.id: app for app in ordered if isinstance(app, Snippet)}
    return Probing(requests, probes.contract(requests), applications)


def _pages(
    collector: Problems,
    includable: Includable,
    frameworks: Frameworks,
    snippets: Mapping[str, Snippet],
) -> _Pages:
    """What every page mentions, and the account of its fences."""
    pages = _Pages()
    include = page_files.including(includable)
    for path, text in page_files.read(collector, includable.root):
        try:
            page = scan.scan(path, text, include)
            if unfit := list(front_matter.unfit(path, text)):
                raise ProblemError(*unfit)
            mentioned, around = list(mentions_of(path, text)), list(_on_the_page(path, text))
        except ProblemError as error:
            pages.refused[path] = error.problems
            collector.add(*error.problems)
            continue
        pages.mentions.extend(mentioned)
        collector.add(*around, *page.problems)
        misused = list(_included(includable, page, path, text))
        collector.add(*misused)
        misread = {problem.location for problem in (*page.problems, *misused)}
        pages.accounts[path] = account.account(collector, page.fences, misread)
        for group in account.groups(collector, pages.accounts[path], frameworks, snippets):
            framework = frameworks.get(group.env)
            modules = {name.partition(".")[0] for name in framework.preload} if framework else ()
            unreadable = [*groups.misread(group), *groups.shadowing(group, modules)]
            collector.add(*unreadable)
            if not unreadable:
                pages.groups[group.id] = group
    return pages


def _included(includable: Includable, page: scan.Page, path: str, text: str) -> Iterator[Problem]:
    """What is wrong with a page's includes."""
    for inclusion in page.inclusions:
        yield from page_files.not_included(includable, inclusion.name, inclusion.place)
    lines = includes.split(text)
    for fence in page.fences:
        own = [place for place in fence.lines if place.path == path and place.line]
        written = ((place, lines[place.line - 1]) for place in own if place.line)
        for place in includes.shown_as_text(written, page.inclusions):
            yield page_problems.include_as_text(place)


def _on_the_page(path: str, text: str) -> Iterator[Problem]:
    """What is wrong with a page outside of its fences."""
    for marker in sections.markers(text):
        yield problems.marker_on_page(Location(path, marker.line), marker.name)
    yield from footnotes.misused(path, text)
    yield from titles.misleveled(path, text)


def _shown(
    guides: Collection[str], frameworks: Frameworks, mentions: Collection[Mention]
) -> set[str]:
    """The ids of the snippets that guides show."""
    each = {mention.name for mention in mentions if mention.word == "snippet"}
    return each | {snippet_id(concept, name) for concept in guides for name in frameworks}


def _not_shown(
    snippets: Collection[Snippet], shown: Collection[str], wrong: Collection[Mention]
) -> Iterator[Problem]:
    """Snippets that no guide shows, a concept at a time.

    A mention that is ``wrong`` has a problem of its own: what it may have meant is no second one.
    """
    concepts = {snippet.concept for snippet in snippets}
    names = [mention.name.partition("/")[0] for mention in wrong]
    meant = {base_problems.nearest(name, concepts) for name in names}
    for concept in dict.fromkeys(snippet.concept for snippet in snippets):
        own = [snippet for snippet in snippets if snippet.concept == concept]
        left = [snippet for snippet in own if snippet.id not in shown]
        if concept in meant:
            continue
        if len(left) == len(own) > 1:
            at = Location(f"snippets/{concept}/{contracts.NAME}", 1)
            yield problems.none_shown(at, concept, len(own))
        else:
            yield from (problems.not_shown(snippet.location, snippet.id) for snippet in left)
