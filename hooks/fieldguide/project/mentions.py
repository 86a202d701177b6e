"""Directives and includes of guides that name what the project does not have."""

from __future__ import annotations

import os.path
from collections.abc import Collection, Iterable, Iterator, Mapping

from ..model import Framework, Problem, Snippet
from ..pages import page_files
from ..pages.directives import INCLUDE, Mention, misused
from ..pages.includable import Includable
from ..pages.problems import unknown_snippet
from . import problems


def broken(
    includable: Includable,
    mentions: Iterable[Mention],
    contracts: Collection[str],
    snippets: Mapping[str, Snippet],
    frameworks: Mapping[str, Framework],
) -> Iterator[Problem]:
    """What is wrong with each mention, in their order.

    A mention of a folder that exists is right, even if nothing in the folder can be read: the
    folder has problems of its own.
    """
    concepts = {snippet.concept for snippet in snippets.values()}.union(contracts)
    for mention in mentions:
        at, name = mention.location, mention.name
        # Also for what no system can name.
        is_folder = os.path.isdir(includable.root / "snippets" / name)
        own = list(misused(mention))
        if own:
            yield from own
        elif mention.word in ("snippets", "contract") and name not in concepts:
            if not is_folder or not name:
                yield problems.unknown_concept(at, name, concepts)
        elif mention.word == "snippet" and name not in snippets:
            if not is_folder or "/" not in name:
                yield unknown_snippet(at, name, snippets)
        elif mention.word == "framework" and name not in frameworks:
            yield problems.unknown_framework_named(at, name, frameworks)
        elif mention.word == INCLUDE:
            yield from page_files.not_included(includable, name, at)
