"""What the words after a command select, and which of the project's problems concern it."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..base.problems import ProblemError, Problems
from ..model import Group, Problem, Snippet, snippet_id
from ..pages.account import part as part_of
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
    """What the names select; one that names nothing is a problem."""
    asked = project.probing.snippets if project.probing else {}
    everything = Selection(
        tuple(project.snippets.values()), tuple(project.groups.values()), tuple(asked.values())
    )
    if not names:
        return everything
    chosen: set[str] = set()
    for name in names:
        matching = {
            snippet.id for snippet in everything.snippets if _selects(project, name, snippet)
        }
        matching |= {
            group.id for group in everything.groups if _selects_group(project, name, group)
        }
        matching |= {
            probe.id for probe in everything.probes if _selects_probe(project, name, probe)
        }
        chosen |= matching
        known_otherwise = any(left_out(project, name)) or name in project.impossible
        if not matching and not known_otherwise and not _pages(project, name):
            known = [*project.snippets, *project.groups, *project.contracts, *project.frameworks]
            known += [FOLDER, *asked] if asked else []
            collector.add(problems.unknown_selection(name, known))
    return everything.only(chosen.__contains__)


def _selects_group(project: Project, name: str, group: Group) -> bool:
    """By its id, a fence's, its framework, its page, or a folder of pages."""
    page = group.id.partition("#")[0]
    fences = {f"{page}#{entry.check}" for entry in group.entries if entry.check}
    if name in (group.id, page, group.env) or name in fences:
        return True
    path = _path(project, name)
    files = {Path(group.page), *(Path(entry.fence.location.path) for entry in group.entries)}
    return any(path in (file, *file.parents[:-1]) for file in files)


def _selects_probe(project: Project, name: str, probed: Snippet) -> bool:
    """By its id, its framework, its folder, or what holds all of the probes."""
    if name in (probed.id, probed.framework, FOLDER):
        return True
    path, folder = _path(project, name), Path(probed.folder)
    return folder in (path, *path.parents) or path in (Path(FOLDER), Path(PATH))


def _selects(project: Project, name: str, snippet: Snippet) -> bool:
    if name in (snippet.id, snippet.concept, snippet.framework):
        return True
    folder = Path(snippet.folder)
    path = _path(project, name)
    return (
        path == folder
        or path in folder.parents
        or folder in path.parents
        or path == folder.parent / "contract.py"
        or any(
            path in (Path(mention.location.path), *Path(mention.location.path).parents[:-1])
            for mention in project.mentions
            if (mention.word, mention.name)
            in (("snippets", snippet.concept), ("snippet", snippet.id))
        )
    )


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


def left_out(project: Project, name: str) -> Iterator[Problem]:
    """The problems of the folder or the file that a name means: they keep it out of every run."""
    paths = {_path(project, name), Path("snippets") / name}
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
    guides |= {Path(entry.fence.page) for group in wanted.groups for entry in group.entries}
    guides |= {
        Path(entry.fence.location.path) for group in wanted.groups for entry in group.entries
    }
    named = [problem for name in names for problem in left_out(project, name)]
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
