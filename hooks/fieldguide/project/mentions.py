"""Directives and includes of guides that name what the project does not have."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from ..model import Framework, Problem, Snippet
from ..pages import page_files
from ..pages import problems as pages_problems
from ..pages.directives import INCLUDE, Mention, misused
from . import problems


def broken(
    root: Path,
    mentions: Iterable[Mention],
    contracts: Collection[str],
    snippets: Mapping[str, Snippet],
    frameworks: Mapping[str, Framework],
) -> Iterator[Problem]:
    """What is wrong with each mention, in their order. A folder that is there and could not be
    read has problems of its own."""
    concepts = {snippet.concept for snippet in snippets.values()}.union(contracts)
    for mention in mentions:
        at, name = mention.location, mention.name
        is_folder = (root / "snippets" / name).is_dir()
        if (problem := misused(mention)) is not None:
            yield problem
        elif mention.kind in ("snippets", "contract") and name not in concepts:
            if not is_folder or not name:
                yield problems.unknown_concept(at, name, concepts)
        elif mention.kind == "snippet" and name not in snippets:
            if not is_folder or "/" not in name:
                yield pages_problems.unknown_snippet(at, name, snippets)
        elif mention.kind == "framework" and name not in frameworks:
            yield problems.unknown_framework_named(at, name, frameworks)
        elif mention.kind == INCLUDE:
            yield from page_files.not_included(root, name, at)
