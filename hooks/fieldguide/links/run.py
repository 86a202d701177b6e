"""The verb: look at addresses, judge what came, and keep what was seen."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import quote

from .. import __version__
from ..problems import ProblemError
from ..project import Project
from ..reading import problems, site
from ..reading.model import Catalogue, Seen
from . import record, targets, verdict
from .crawl import Crawl
from .model import Answer, Target, Verdict

AGENT = f"fieldguide-links/{__version__} (link checker of a reading list)"
ARCHIVE = "https://archive.org/wayback/available"
"""Says whether there is an archived copy: https://archive.org/help/wayback_api.php"""

SEVERITY = {"missing": 2, "changed": 2, "failed": 1, "moved": 1, "unknown": 0, "alive": 0}
"""2: a person has to act; 1: soon, or if it stays so; 0: nothing to do."""

Told = Callable[[Verdict, int], None]
"""Hears of each verdict, and how many there will be."""


@dataclass(frozen=True, slots=True)
class Looked:
    """One run."""

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
    *,
    again: bool = False,
    accept: bool = False,
    allowed: Collection[str] = (),
    archive: str | None = ARCHIVE,
    context: ssl.SSLContext | None = None,
    today: date | None = None,
    told: Told | None = None,
) -> Looked:
    """Look at every link, or at those that ``selection`` names.

    Args:
        selection: ids of resources, ``resources``, ``pages``, or paths of pages.
        again: ask also for what was asked for today.
        accept: take what a resource is now for what it should be.
        allowed: hosts, as ``host:port``, that may be anywhere and have any port.
        archive: where to ask for archived copies; None asks nowhere.
        context: what decides which certificates are trusted.
    """
    day = (today or date.today()).isoformat()
    catalogue = site.read(project).catalogue
    wanted = _chosen(project.root, catalogue, selection)
    run = record.Run(project.root, day)
    known = {} if again else run.known()
    owners = verdict.Owners()
    found: dict[str, Verdict] = {}

    def done(target: Target, answer: Answer) -> None:
        before = {id: catalogue.seen[id] for id in target.resources if id in catalogue.seen}
        seen = None if accept else next(iter(before.values()), None)
        found[target.url] = verdict.judge(target, answer, seen, owners)
        if told is not None:
            told(found[target.url], len(wanted))

    ask: list[Target] = []
    for one in wanted:
        kept = known.get(one.url)
        if kept is None or (kept.page and not one.fragments <= kept.page.anchors):
            ask.append(one)
        else:
            done(one, kept)

    def answered(target: Target, answer: Answer) -> None:
        run.keep(target, answer)
        done(target, answer)

    crawl = Crawl(AGENT, allowed, context)
    interrupted = False
    try:
        asyncio.run(crawl.run(ask, answered))
    except KeyboardInterrupt:
        interrupted = True
    seen = dict(catalogue.seen)
    for judged in found.values():
        for id in judged.target.resources:
            seen[id] = record.after(seen.get(id), judged, day)
    seen = {id: seen[id] for id in seen if id in catalogue.resources}
    if seen != catalogue.seen:
        record.write(project.root, seen)
    gone = [one for one in found.values() if one.outcome in ("missing", "failed")]
    archived: Mapping[str, str] = {}
    if archive and gone and not interrupted:
        archived = asyncio.run(_copies(Crawl(AGENT, allowed, context), archive, gone))
    ordered = sorted(found.values(), key=lambda one: (-SEVERITY[one.outcome], one.outcome))
    pages = (project.root / targets.SITE).is_dir()
    return Looked(tuple(ordered), seen, archived, interrupted, pages)


def _chosen(root: Path, catalogue: Catalogue, selection: Sequence[str]) -> list[Target]:
    """The targets that are meant, of resources first."""
    every = [*targets.of_resources(catalogue.resources.values(), catalogue.seen)]
    pages = [*targets.of_pages(root)] if not selection or set(selection) - {"resources"} else []
    if not selection:
        return targets.merged([*every, *pages])
    names = set(selection)
    known = {"resources", "pages", *catalogue.resources}
    strange = [name for name in selection if name not in known and not (root / name).is_file()]
    if strange:
        raise ProblemError(*(problems.nothing_to_look_at(name, known) for name in strange))
    picked = [one for one in every if "resources" in names or names & set(one.resources)]
    picked += [one for one in pages if "pages" in names or names & {p.path for p in one.places}]
    return targets.merged(picked)


async def _copies(crawl: Crawl, archive: str, gone: Sequence[Verdict]) -> dict[str, str]:
    """The archived copies that the archive knows of."""
    asked = {f"{archive}?url={quote(one.target.url, safe='')}": one.target.url for one in gone}
    found: dict[str, str] = {}
    for address, copy in (await crawl.read_json(list(asked))).items():
        closest = (copy.get("archived_snapshots") or {}).get("closest") or {}
        if closest.get("available") and str(closest.get("url", "")).startswith("http"):
            found[asked[address]] = str(closest["url"]).replace("http://", "https://", 1)
    return found
