"""The verb ``links``: ask for addresses, judge the answers, and keep what was seen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from .. import __version__
from ..base.problems import ProblemError, Problems
from ..model import Location, Problem
from ..project.record import Project
from ..reading import shelf
from ..reading.model import Catalogue, Seen
from . import asking, kept, notes, problems, targets, verdict
from .asking import Asked, End
from .model import Answer, Target, Verdict
from .options import LinkOptions
from .seen import Run, after, write
from .web import places
from .web.crawl import Crawl

AGENT = f"fieldguide-links/{__version__} (link checker of a reading list)"
SEVERITY = {"missing": 2, "changed": 2, "failed": 1, "moved": 1, "unknown": 0, "alive": 0}
"""2: a person has to act; 1: soon, or if it stays so; 0: nothing to do."""
_REASONS = 3
"""So many reasons are told for all the hosts that did not answer."""
ARCHIVE_SECONDS = 120.0
"""All the time that an archive has to answer in."""

OnVerdict = Callable[[Verdict, int], None]
"""Is given a verdict and how many there will be."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What one run saw."""

    verdicts: tuple[Verdict, ...]
    """Of everything that was looked at today, by severity."""
    seen: Mapping[str, Seen]
    """What is now known of each resource."""
    archived: Mapping[str, str]
    """Archived copies, by address."""
    interrupted: bool = False
    pages: bool = True
    """Whether a built site was there to look at."""
    problems: tuple[Problem, ...] = ()
    """What was not looked at, or not kept, and why."""
    late: int = 0
    """How many links were not asked for before the time was up."""
    silent: int = 0
    """How many have no verdict, as no host answers any more."""


def look(
    project: Project,
    selection: Sequence[str] = (),
    options: LinkOptions | None = None,
    *,
    on_verdict: OnVerdict | None = None,
) -> Looked:
    """Look at every link, or at those that are selected, and keep what was seen.

    Args:
        project: whose reading lists and built pages hold the links.
        selection: ids of resources, ``resources``, ``pages``, or paths of pages.
        options: how; by default as ``fieldguide links`` without options.
        on_verdict: is called for each link as soon as it is judged.

    Raises:
        ProblemError: the selection names nothing, no host answers, or what was seen cannot be
            written.
    """
    options = options or LinkOptions()
    return asyncio.run(_look(project, selection, options, on_verdict))


async def _look(
    project: Project,
    selection: Sequence[str],
    options: LinkOptions,
    on_verdict: OnVerdict | None,
) -> Looked:
    catalogue = shelf.read(project).catalogue
    before = {id: kept.seen(known) for id, known in catalogue.seen.items()}
    catalogue, written = replace(catalogue, seen=before), catalogue.seen
    collector = Problems()
    collector.add(*catalogue.problems)
    async with Crawl(AGENT, options.allowed, options.context) as crawl:
        wanted = await _chosen(project, catalogue, selection, crawl, collector)
        judge = _Judge(catalogue, options.accept, len(wanted), on_verdict)
        run = Run(project.root, options.today.isoformat())
        asked = await _ask(wanted, run, judge, crawl, options)
        seen = _seen(catalogue, judge.verdicts.values(), options.today.isoformat())
        if judge.verdicts and seen != written:
            write(project.root, seen)
        gone = [one for one in judge.verdicts.values() if one.outcome in ("missing", "failed")]
        archived: Mapping[str, str] = {}
        if options.archive and gone and asked.end is not End.INTERRUPTED:
            archived = await _copies(crawl, options.archive, gone)
    if run.problem is not None:
        collector.add(run.problem)
    return Looked(
        tuple(sorted(judge.verdicts.values(), key=_worst_first)),
        seen,
        archived,
        asked.end is End.INTERRUPTED,
        (project.root / targets.SITE).is_dir(),
        tuple(collector),
        late=asked.left if asked.end is End.TIME else 0,
        silent=asked.left if asked.end is End.NETWORK else 0,
    )


class _Judge:
    """Judges one answer after the other; ``verdicts`` are by address."""

    def __init__(
        self, catalogue: Catalogue, accept: bool, total: int, on_verdict: OnVerdict | None
    ) -> None:
        self._catalogue, self._accept = catalogue, accept
        self._total, self._on_verdict = total, on_verdict
        self._owners = verdict.Owners()
        self.verdicts: dict[str, Verdict] = {}

    def addresses(self) -> list[str]:
        """The addresses of all resources, also of those that nobody asked for today."""
        return [resource.url for resource in self._catalogue.resources.values()]

    def judge(self, target: Target, answer: Answer) -> None:
        """Hold an answer against what was seen of the target's first known resource before."""
        known = self._catalogue.seen
        before = next((known[id] for id in target.resources if id in known), None)
        try:
            judged = verdict.judge(target, answer, None if self._accept else before, self._owners)
        except Exception as error:  # whatever it is, it is about this answer alone
            words = notes.unchecked(notes.unjudged(type(error).__name__))
            judged = Verdict(target, answer, "unknown", (words,))
        self.verdicts[target.url] = judged
        if self._on_verdict is not None:
            self._on_verdict(judged, self._total)


async def _ask(
    wanted: Sequence[Target], run: Run, judge: _Judge, crawl: Crawl, options: LinkOptions
) -> Asked:
    """Judge every target: by this day's answer where one is kept, else by asking.

    Raises `ProblemError` where no host answers at all: then nothing is known, of any.
    """
    known = {} if options.again else run.known()
    unknown: list[Target] = []
    old: list[tuple[Target, Answer]] = []
    for target in wanted:
        answer = known.get(target.url)
        named = places.named(target.fragments)
        if answer is None or (answer.page and not named <= set(answer.page.anchors)):
            unknown.append(target)
        else:
            old.append((target, answer))

    def answered(target: Target, answer: Answer) -> None:
        run.keep(target, answer)
        judge.judge(target, answer)

    others = judge.addresses()
    asked = await asking.ask(crawl, unknown, answered, others, options.seconds)
    if asked.silent and not asked.heard and asked.end is not End.INTERRUPTED:
        reasons = sorted({answer.error or "" for answer in asked.silent})[:_REASONS]
        raise ProblemError(problems.no_network(Location("links"), len(unknown), reasons))
    for target, answer in old:
        judge.judge(target, answer)
    return asked


def _seen(catalogue: Catalogue, verdicts: Iterable[Verdict], day: str) -> dict[str, Seen]:
    """What is known of each resource after a run; nothing of what has left the lists. An entry with
    a problem has not left them."""
    seen = dict(catalogue.seen)
    for judged in verdicts:
        for id in judged.target.resources:
            seen[id] = kept.seen(after(seen.get(id), judged, day))
    return {id: seen[id] for id in seen if id in catalogue.resources or catalogue.problems}


def _worst_first(judged: Verdict) -> tuple[int, str]:
    """The key that sorts verdicts by severity, and by outcome within one severity."""
    return -SEVERITY[judged.outcome], judged.outcome


async def _chosen(
    project: Project,
    catalogue: Catalogue,
    selection: Sequence[str],
    crawl: Crawl,
    collector: Problems,
) -> list[Target]:
    """The targets that are meant, of resources first."""
    root = project.root
    resources = [*targets.of_resources(catalogue.resources.values(), catalogue.seen)]
    pages: list[Target] = []
    if not selection or set(selection) - {"resources"}:
        pages = await targets.of_pages(root, crawl.reader, collector)
    if not selection:
        return targets.merged([*resources, *pages])
    names = set(selection)
    known = {"resources", "pages", *catalogue.resources}
    strange = [name for name in selection if name not in known and not (root / name).is_file()]
    if strange:
        raise ProblemError(*(problems.nothing_to_look_at(name, known) for name in strange))
    picked = [link for link in resources if "resources" in names or names & set(link.resources)]
    picked += [page for page in pages if "pages" in names or names & {p.path for p in page.places}]
    return targets.merged(picked)


async def _copies(crawl: Crawl, archive: str, gone: Sequence[Verdict]) -> dict[str, str]:
    """The archived copies that the archive knows of."""
    urls = [verdict.target.url for verdict in gone]
    asked = {f"{archive}?url={quote(url, safe='', errors='replace')}": url for url in urls}
    replies = await crawl.read_json(list(asked), ARCHIVE_SECONDS)
    copies = {asked[address]: _copy(reply) for address, reply in replies.items()}
    return {url: copy for url, copy in copies.items() if copy}


def _copy(reply: Mapping[str, Any]) -> str | None:
    """The address of an archived copy, where a reply has one in the form of the archive's."""
    for key in ("archived_snapshots", "closest"):
        inner = reply.get(key)
        reply = inner if isinstance(inner, dict) else {}
    address = reply.get("url") if reply.get("available") is True else None
    if not isinstance(address, str) or not address.startswith("http"):
        return None
    return kept.url(address.replace("http://", "https://", 1))
