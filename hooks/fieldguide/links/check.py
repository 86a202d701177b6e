"""The verb ``links``: ask for addresses, judge the answers, and keep what was seen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from .. import __version__
from ..base.problems import ProblemError
from ..project.record import Project
from ..reading import shelf
from ..reading.model import Catalogue, Seen
from . import problems, targets, verdict
from .model import Answer, Target, Verdict
from .options import LinkOptions
from .seen import Run, after, write
from .web.crawl import Crawl

AGENT = f"fieldguide-links/{__version__} (link checker of a reading list)"
SEVERITY = {"missing": 2, "changed": 2, "failed": 1, "moved": 1, "unknown": 0, "alive": 0}
"""2: a person has to act; 1: soon, or if it stays so; 0: nothing to do."""

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
        ProblemError: the selection names nothing, or what was seen cannot be written.
    """
    options = options or LinkOptions()
    catalogue = shelf.read(project).catalogue
    wanted = _chosen(project.root, catalogue, selection)
    judge = _Judge(catalogue, options.accept, len(wanted), on_verdict)
    day = options.today.isoformat()
    interrupted = _ask(wanted, Run(project.root, day), judge, options)
    seen = _seen(catalogue, judge.verdicts.values(), day)
    if seen != catalogue.seen:
        write(project.root, seen)
    gone = [
        verdict for verdict in judge.verdicts.values() if verdict.outcome in ("missing", "failed")
    ]
    archived: Mapping[str, str] = {}
    if options.archive and gone and not interrupted:
        archived = asyncio.run(_copies(_crawl(options), options.archive, gone))
    return Looked(
        tuple(sorted(judge.verdicts.values(), key=_worst_first)),
        seen,
        archived,
        interrupted,
        pages=(project.root / targets.SITE).is_dir(),
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

    def judge(self, target: Target, answer: Answer) -> None:
        """Hold an answer against what was seen of the target's first known resource before."""
        known = self._catalogue.seen
        before = next((known[id] for id in target.resources if id in known), None)
        judged = verdict.judge(target, answer, None if self._accept else before, self._owners)
        self.verdicts[target.url] = judged
        if self._on_verdict is not None:
            self._on_verdict(judged, self._total)


def _ask(wanted: Sequence[Target], run: Run, judge: _Judge, options: LinkOptions) -> bool:
    """Judge every target: by this day's answer where one is kept, else by asking.

    Returns whether a person interrupted it; the answers until then are kept and judged.
    """
    known = {} if options.again else run.known()
    unknown: list[Target] = []
    for target in wanted:
        kept = known.get(target.url)
        if kept is None or (kept.page and not target.fragments <= kept.page.anchors):
            unknown.append(target)
        else:
            judge.judge(target, kept)

    def answered(target: Target, answer: Answer) -> None:
        run.keep(target, answer)
        judge.judge(target, answer)

    try:
        asyncio.run(_crawl(options).run(unknown, answered))
    except KeyboardInterrupt:
        return True
    return False


def _crawl(options: LinkOptions) -> Crawl:
    return Crawl(AGENT, options.allowed, options.context)


def _seen(catalogue: Catalogue, verdicts: Iterable[Verdict], day: str) -> dict[str, Seen]:
    """What is known of each resource after a run; nothing of what has left the lists."""
    seen = dict(catalogue.seen)
    for judged in verdicts:
        for id in judged.target.resources:
            seen[id] = after(seen.get(id), judged, day)
    return {id: seen[id] for id in seen if id in catalogue.resources}


def _worst_first(judged: Verdict) -> tuple[int, str]:
    """The key that sorts verdicts by severity, and by outcome within one severity."""
    return -SEVERITY[judged.outcome], judged.outcome


def _chosen(root: Path, catalogue: Catalogue, selection: Sequence[str]) -> list[Target]:
    """The targets that are meant, of resources first."""
    resources = [*targets.of_resources(catalogue.resources.values(), catalogue.seen)]
    pages = [*targets.of_pages(root)] if not selection or set(selection) - {"resources"} else []
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
    asked = {f"{archive}?url={quote(url, safe='')}": url for url in urls}
    copies: dict[str, str] = {}
    for address, reply in (await crawl.read_json(list(asked))).items():
        closest = (reply.get("archived_snapshots") or {}).get("closest") or {}
        if closest.get("available") and str(closest.get("url", "")).startswith("http"):
            copies[asked[address]] = str(closest["url"]).replace("http://", "https://", 1)
    return copies
