"""The built site: what of a page may not be shown; proofs, which are laid aside while the host
indexes a page, and looked for at the end."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from ..model import Location, Problem
from ..project.record import Project
from . import problems
from .evidence import Evidence
from .html.harmless import harmful
from .html.proof import PROOF
from .standing import UNKNOWN

_PROOF = re.compile(r'class="fg-(proof|gap)\b')
_ANSWERS = re.compile(r'class="fg-table fg-answers"')
_ASIDE = re.compile(r"<!--fg-proof-(\d+)-->")


def harm(path: str, source: str, html: str) -> Iterator[Problem]:
    """The problem of each thing on a rendered page that a browser could run, at the line of the
    page's own source that has it; at none where something else brought it along."""
    lines = source.splitlines()
    for what, written in harmful(html):
        first = written.split("\n", 1)[0]
        at = next((number for number, line in enumerate(lines, 1) if first in line), None)
        yield problems.harmful(Location(path, at), what)


def set_aside(html: str) -> tuple[str, tuple[str, ...]]:
    """A page without its proofs, and the proofs.

    Proofs are most of a guide, and the search leaves them out anyway; to pass over them took the
    host more than half of a build.
    """
    first, *parts = html.split(PROOF[0])
    pieces, proofs = [first], list[str]()
    for part in parts:
        proof, mark, after = part.partition(PROOF[1])
        pieces.append(f"<!--fg-proof-{len(proofs)}-->{after}" if mark else PROOF[0] + part)
        proofs += [proof] if mark else []
    return "".join(pieces), tuple(proofs)


def put_back(html: str, proofs: Sequence[str]) -> str:
    """The page with the proofs that `set_aside` gave; a mark that somebody else wrote stays."""
    places = {str(number): proof for number, proof in enumerate(proofs)}
    return _ASIDE.sub(lambda match: places.get(match[1], match[0]), html)


def unwritable(site: Path) -> Iterator[Problem]:
    """The problem of a folder that the host could not write the site into."""
    above = next(path for path in (site, *site.parents) if path.exists())
    if not (above.is_dir() and os.access(above, os.W_OK)):
        yield problems.site_not_written(str(site))


def unproven(project: Project, site: Path, docs: Path, directory_urls: bool) -> Iterator[Problem]:
    """Guides with a directive whose built page shows neither proof nor gap; a page of the
    frameworks' defaults without their answers.

    A page that the host left out of the site, such as a draft, needs none.
    """
    expected = [(location, _PROOF) for location in project.guides.values()]
    if project.probing is not None:
        expected += [
            (mention.location, _ANSWERS)
            for mention in project.mentions
            if mention.word == "defaults"
        ]
    for location, proof in expected:
        source = (project.root / location.path).resolve()
        if not source.is_relative_to(docs.resolve()):
            continue
        html = _built(PurePosixPath(source.relative_to(docs.resolve()).as_posix()), directory_urls)
        page = site / html
        if page.is_file() and not proof.search(page.read_text("utf-8", "replace")):
            yield problems.proof_missing(location, html.as_posix())


def unverified(evidence: Evidence) -> Iterator[Problem]:
    """Every snippet, probed application and fence that has no result of its code as it is now."""
    project = evidence.project
    probed = project.probing.snippets.values() if project.probing else ()
    for snippet in (*project.snippets.values(), *probed):
        if evidence.standing(snippet) in UNKNOWN:
            yield problems.result_missing(snippet.location, snippet.id)
    for group in project.groups.values():
        for entry in group.entries:
            if entry.check and evidence.standing_of(entry) in UNKNOWN:
                yield problems.result_missing(entry.fence.location, group.id)


def _built(source: PurePosixPath, directory_urls: bool) -> PurePosixPath:
    """Where MkDocs writes a page."""
    if source.stem in ("index", "README"):
        return source.with_name("index.html")
    return source.with_suffix("") / "index.html" if directory_urls else source.with_suffix(".html")
