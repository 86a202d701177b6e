"""What pages include, before they are read for anything else: only what everybody may read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...base.problems import ProblemError
from ...model import Problem
from ...pages import includes, page_files
from ...pages.includable import Includable
from ...pages.includes import Line
from .entries import Entry, Kind


def barred(includable: Includable, found: Iterable[Entry]) -> Iterator[Problem]:
    """The problem of each include of a file that is not for everybody, in pages and in what they
    include. What is missing is no matter of the gate."""
    include = page_files.including(includable)
    for entry in found:
        if entry.kind is not Kind.FILE or not entry.path.startswith("docs/"):
            continue
        if not entry.path.endswith(".md"):
            continue
        try:
            text = (includable.root / entry.path).read_bytes().decode("utf-8-sig", "replace")
        except OSError:
            continue  # `texts` has the problem
        if "8<-" not in text:
            continue
        numbered = enumerate(includes.split(text), 1)
        lines = [Line(line, entry.path, number) for number, line in numbered]
        try:
            inclusions = includes.expand(lines, include).inclusions
        except ProblemError:
            continue  # includes without end: the page is refused when it is read, and shows nothing
        for inclusion in inclusions:
            path = inclusion.name.partition(":")[0]
            if includable.find(path) is None:
                yield from includable.barred(path, inclusion.place)
