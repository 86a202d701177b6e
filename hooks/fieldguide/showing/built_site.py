"""The built site: whether the proof that the guides ask for is there, and how it gets there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from ..model import Problem
from ..project.record import Project
from . import problems
from .html.proof import PROOF

_PROOF = re.compile(r'class="fg-(proof|gap)\b')
_ANSWERS = re.compile(r'class="fg-table fg-answers"')


_WHOLE = re.compile(f"{re.escape(PROOF[0])}(.*?){re.escape(PROOF[1])}", re.DOTALL)
_ASIDE = re.compile(r"<!--fg-proof-(\d+)-->")


def set_aside(html: str) -> tuple[str, tuple[str, ...]]:
    """A page without its proofs, and the proofs.

    They are most of a guide and are left out of the search anyway; to pass over them took the
    host more than half of a build.
    """
    kept = tuple(_WHOLE.findall(html))
    numbers = iter(range(len(kept)))
    return _WHOLE.sub(lambda found: f"<!--fg-proof-{next(numbers)}-->", html), kept


def put_back(html: str, kept: Sequence[str]) -> str:
    """The page with its proofs again."""
    return _ASIDE.sub(lambda found: kept[int(found[1])], html)


def unproven(project: Project, site: Path, docs: Path, directory_urls: bool) -> list[Problem]:
    """Guides with a directive whose built page shows neither proof nor gap; a page of the
    frameworks' defaults without their answers.

    A page that the host left out of the site, a draft for one, is not asked for.
    """
    found = []
    wanted = [(location, _PROOF) for location in project.guides.values()]
    if project.probing is not None:
        wanted += [
            (mention.location, _ANSWERS)
            for mention in project.mentions
            if mention.word == "defaults"
        ]
    for location, proof in wanted:
        source = (project.root / location.path).resolve()
        if not source.is_relative_to(docs.resolve()):
            continue
        html = _built(PurePosixPath(source.relative_to(docs.resolve()).as_posix()), directory_urls)
        page = site / html
        if page.is_file() and not proof.search(page.read_text("utf-8", "replace")):
            found.append(problems.proof_missing(location, html.as_posix()))
    return found


def _built(source: PurePosixPath, directory_urls: bool) -> PurePosixPath:
    """Where MkDocs writes a page."""
    if source.stem in ("index", "README"):
        return source.with_name("index.html")
    return source.with_suffix("") / "index.html" if directory_urls else source.with_suffix(".html")
