"""A look at the built site: whether the proof that the guides ask for is there."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

from . import problems
from .model import Problem
from .project import Project

_PROOF = re.compile(r'class="fg-(proof|gap)\b')
_ANSWERS = re.compile(r'class="fg-table fg-answers"')


def unproven(project: Project, site: Path, docs: Path, directory_urls: bool) -> list[Problem]:
    """Guides with a directive whose built page shows neither proof nor gap; a page of the
    frameworks' defaults without their answers.

    A page that the host left out of the site, a draft for one, is not asked for.
    """
    found = []
    wanted = [(location, _PROOF) for location in project.guides.values()]
    if project.probing is not None:
        wanted += [(one.location, _ANSWERS) for one in project.mentions if one.kind == "defaults"]
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
