"""What the words after a command select, and which of the project's problems concern it."""

from __future__ import annotations

import hashlib
import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..base.problems import ProblemError, Problems
from ..model import Group, Problem, Snippet, snippet_id
from ..pages.account import part as part_of
from ..pages.directives import Mention
from ..project.probes import FOLDER, PATH
from ..project.record import Project
from . import problems


@dataclass(frozen=True, slots=True)
class Selection:
    """What a command works on, in the project's order."""

    snippets: tuple[Snippet, ...]
    groups: tuple[Group, ...]
    probes: tuple[Snippet, ...] = ()
    """Applications that are only asked what they answer."""

    @property
    def ids(self) -> list[str]:
        """The ids of all."""
        snippets = [snippet.id for snippet in (*self.snippets, *self.probes)]
        return [*snippets, *(group.id for group in self.groups)]

    def only(self, wanted: Callable[[str], bool]) -> Selection:
        """The part of a selection whose ids are wanted."""
        return Selection(
            tuple(snippet for snippet in self.snippets if wanted(snippet.id)),
            tuple(group for group in self.groups if wanted(group.id)),
            tuple(probe for probe in self.probes if wanted(probe.id)),
        )


def select(collector: Problems, project: Project, names: Sequence[str]) -> Selection:
    """What the names select; one that names nothing is a problem, after what may be its cause."""
    asked = project.probing.snippets if project.probing else {}
    everything = Selection(
        tuple(project.snippets.values()), tuple(project.groups.values()), tuple(asked.values())
    )
    if not names:
        return everything
    meanings = _Meanings()
    for snippet in everything.snippets:
        meanings.snippet(snippet)
    for mention in project.mentions:
        meanings.mention(mention)
    for group in everything.groups:
        meanings.group(group)
    for probe in everything.probes:
        meanings.probe(probe)
    chosen: set[str] = set()
    for name in names:
        matching = meanings.of(name, _path(project, name))
        chosen |= matching
        if matching or name in project.impossible or _pages(project, name):
            continue
        if not any(left_out(project, name)):
            known = [*project.snippets, *project.groups, *project.contracts, *project.frameworks]
            known += [FOLDER, *asked] if asked else []
            beside = Path("snippets") / name.partition("/")[0]
            causes = (p for p in project.problems if Path(p.location.path).parent == beside)
            collector.add(*(cause for cause in causes if cause not in set(collector)))
            collector.add(problems.unknown_selection(name, known))
    return everything.only(chosen.__contains__)


class _Meanings:
    """What each name means, as ids. A name may be a word, a path that holds what it means, or a
    path inside it."""

    def __init__(self) -> None:
        self._words: defaultdict[str, set[str]] = defaultdict(set)
        self._paths: defaultdict[Path, set[str]] = defaultdict(set)
        self._inside: defaultdict[Path, set[str]] = defaultdict(set)
        self._shown: defaultdict[tuple[str, str], set[str]] = defaultdict(set)

    def of(self, name: str, path: Path) -> set[str]:
        """The ids that a name means, which leads to that path."""
        found = [self._words.get(name), self._paths.get(path)]
        found += [self._inside.get(folder) for folder in (path, *path.parents)]
        return {id for ids in found for id in ids or ()}

    def snippet(self, snippet: Snippet) -> None:
        """By its id, concept, framework, contract and folder, and what is in or around that."""
        folder = Path(snippet.folder)
        self._add(snippet.id, snippet.id, snippet.concept, snippet.framework)
        self._inside[folder].add(snippet.id)
        for shown in (("snippets", snippet.concept), ("snippet", snippet.id)):
            self._shown[shown].add(snippet.id)
        for path in (*folder.parents, folder.parent / "contract.py"):
            self._paths[path].add(snippet.id)

    def mention(self, mention: Mention) -> None:
        """What a page shows, by the page or a folder of pages."""
        shown = self._shown.get((mention.word, mention.name), set())
        self._page(Path(mention.location.path), shown)

    def group(self, group: Group) -> None:
        """By its id, a fence's, its framework, its page, or a folder of pages."""
        page = group.id.partition("#")[0]
        fences = [f"{page}#{entry.check}" for entry in group.entries if entry.check]
        self._add(group.id, group.id, page, group.env, *fences)
        for path in {group.page, *(entry.fence.location.path for entry in group.entries)}:
            self._page(Path(path), {group.id})

    def probe(self, probed: Snippet) -> None:
        """By its id, its framework, its folder, or what holds all of the probes."""
        self._add(probed.id, probed.id, probed.framework, FOLDER)
        self._inside[Path(probed.folder)].add(probed.id)
        for path in (FOLDER, PATH):
            self._paths[Path(path)].add(probed.id)

    def _add(self, id: str, *words: str) -> None:
        for word in words:
            self._words[word].add(id)

    def _page(self, file: Path, ids: Iterable[str]) -> None:
        for path in (file, *file.parents[:-1]):
            self._paths[path].update(ids)


def _path(project: Project, name: str) -> Path:
    """The name as a path below the project's root; from the current directory where it exists."""
    if not Path(name).exists():
        return Path(name)
    return Path(os.path.relpath(os.path.realpath(name), os.path.realpath(project.root)))


def _pages(project: Project, name: str) -> list[str]:
    """The paths of the pages that a name means, whether or not something on them runs."""
    path = _path(project, name)
    return [
        page
        for page in project.accounts
        if name == part_of(page) or path in (Path(page), *Path(page).parents[:-1])
    ]


def left_out(project: Project, *names: str) -> Iterator[Problem]:
    """The problems of the folders or files that names mean: they keep them out of every run."""
    paths = {_path(project, name) for name in names} | {Path("snippets") / name for name in names}
    for problem in project.problems:
        path = Path(problem.location.path)
        if paths & {path, *path.parents}:
            yield problem


def relevant(project: Project, names: Sequence[str], wanted: Selection) -> Iterator[Problem]:
    """The project's problems that concern a selection; all of them where nothing is named.

    Whoever runs one snippet hears of its folder, its contract, the guides that show it and the
    project's settings, not of what somebody else left undone.
    """
    if not names:
        yield from project.problems
        return
    own = {Path(snippet.folder) for snippet in wanted.snippets}
    contracts = {folder.parent / "contract.py" for folder in own}
    concepts = {folder.parent.name for folder in own}
    ids = {snippet_id(folder.parent.name, folder.name) for folder in own}
    guides = {
        Path(mention.location.path)
        for mention in project.mentions
        if (mention.word == "snippets" and mention.name in concepts)
        or (mention.word == "snippet" and mention.name in ids)
    }
    fences = [entry.fence for group in wanted.groups for entry in group.entries]
    guides |= {Path(path) for fence in fences for path in (fence.page, fence.location.path)}
    named = set(left_out(project, *names))
    cells = (project.impossible[name] for name in names if name in project.impossible)

    def concerns(problem: Problem) -> bool:
        path = Path(problem.location.path)
        if path.parts[:1] == (FOLDER,):
            return bool(wanted.probes)
        if path.parts[:1] not in (("snippets",), ("docs",)):
            return True
        return path in contracts or path in guides or not own.isdisjoint((path, *path.parents))

    yield from (problem for problem in project.problems if problem in named or concerns(problem))
    yield from (problems.cell_selected(cell.location, cell.id, cell.why) for cell in cells)
    if not wanted.ids and not named:
        for page in dict.fromkeys(page for name in names for page in _pages(project, name)):
            yield problems.nothing_here(page)


@dataclass(frozen=True, slots=True)
class Shard:
    """One of several parts of a selection, each for a machine of its own."""

    number: int
    """Counted from 1."""
    count: int

    @classmethod
    def parse(cls, text: str) -> Shard:
        """The shard that is written ``1/4``; raises `ProblemError`."""
        written = re.fullmatch(r"([0-9]{1,6})/([0-9]{1,6})", text)
        shard = cls(int(written[1]), int(written[2])) if written else cls(0, 0)
        if not 1 <= shard.number <= shard.count:
            raise ProblemError(problems.bad_shard(text))
        return shard

    def __str__(self) -> str:
        return f"{self.number}/{self.count}"

    def holds(self, id: str) -> bool:
        """Whether what has that id is in it: the same on every machine, in every run."""
        digest = hashlib.sha256(id.encode("utf-8", "surrogatepass")).digest()
        return int.from_bytes(digest[:8], "big") % self.count == self.number - 1


def part(
    shard: Shard, wanted: Selection, concerned: Iterable[Problem]
) -> tuple[Selection, list[Problem]]:
    """The shard's part of a selection, and of the problems that concern the selection.

    A problem in a snippet's folder belongs to the shard that holds the snippet; what is wrong with
    a contract, to each that holds a snippet of the concept. The first shard has all the rest, and
    the contracts, so that together the shards report everything.
    """
    mine = wanted.only(shard.holds)
    own = mine.snippets
    foreign = wanted.only(lambda id: not shard.holds(id)).snippets
    contracts = {Path(snippet.folder).parent / "contract.py" for snippet in own}

    def concerns(problem: Problem) -> bool:
        path = Path(problem.location.path)
        if _in_folders(path, own) or path in contracts:
            return True
        return shard.number == 1 and not _in_folders(path, foreign)

    return mine, [problem for problem in concerned if concerns(problem)]


def _in_folders(path: Path, snippets: Iterable[Snippet]) -> bool:
    folders = {Path(snippet.folder) for snippet in snippets}
    return not folders.isdisjoint((path, *path.parents))
