"""The account of a page: what becomes of each of its fences, and which of them run together."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from ..base.problems import Problems
from ..environments.interpreters import BARE
from ..languages.registry import HOW, LANGUAGES
from ..model import Entry, Fate, Fence, Group, Location, Problem
from . import problems


def part(page: str) -> str:
    """A page as ids name it: ``docs/concepts/routing.md`` is ``concepts/routing``."""
    return PurePosixPath(Location(page).doc).with_suffix("").as_posix()


def account(
    collector: Problems, fences: Sequence[Fence], misread: Collection[Location]
) -> tuple[Entry, ...]:
    """An entry a fence, in order; the collector gets what is wrong with them.

    ``misread`` are the lines that already have a problem: whoever wrote ``.runs``, or includes a
    file that is missing, need not hear as well that the fence is not run.
    """
    entries: list[Entry] = []
    names = _Names(fences)
    printing: Entry | None = None  # the entry that an output right here would belong to
    for fence in fences:
        options, language = fence.options, LANGUAGES.get(fence.language)
        if options.output and not options.norun:
            entry = _output(collector, fence, printing)
        else:
            entry = _entry(collector, fence, names, misread)
        if not options.hide:
            printing = None
        if entry.check and language and language.output_follows and not options.output:
            printing = entry
        entries.append(entry)
    collector.add(*names.problems)
    return tuple(entries)


def _output(collector: Problems, fence: Fence, printing: Entry | None) -> Entry:
    """The entry of an expected output: it runs with the fence that prints it."""
    if printing is None:
        collector.add(problems.output_of_nothing(fence.location))
        return Entry(fence, Fate.TEXT)
    return Entry(fence, Fate.RUN, id=printing.id, check=printing.check)


def _entry(
    collector: Problems, fence: Fence, names: _Names, misread: Collection[Location]
) -> Entry:
    """The entry of any other fence."""
    options, language = fence.options, LANGUAGES.get(fence.language)
    if options.norun:
        return Entry(fence, Fate.NOT_RUN, reason=options.reason)
    if options.file:
        if options.group:
            return Entry(fence, Fate.RUN, id=f"{part(fence.page)}#{options.group}")
        collector.add(problems.file_of_no_group(fence.location, options.file))
    elif language and (options.run or language.runs_unasked):
        name = names.of(fence)
        return Entry(fence, Fate.RUN, id=f"{part(fence.page)}#{options.group or name}", check=name)
    elif _from_snippets(fence):
        return Entry(fence, Fate.SHOWN)
    elif (act := HOW.get(fence.language.lower())) is not None:
        own = (Location(fence.location.path, fence.location.line), *fence.lines)
        if not any(line in misread for line in own):
            collector.add(problems.unaccounted(fence.location, fence.language, act))
        return Entry(fence, Fate.UNACCOUNTED)
    return Entry(fence, Fate.TEXT)


def groups(
    collector: Problems,
    entries: Iterable[Entry],
    frameworks: Collection[str],
    snippets: Mapping[str, object],
) -> Iterator[Group]:
    """The groups of a page that can run; the collector gets what keeps the others from it."""
    together: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.fate is Fate.RUN:
            together.setdefault(entry.id, []).append(entry)
    for id, members in together.items():
        own = Problems()
        group = _group(own, id, members, frameworks, snippets)
        collector.add(*own)
        if not own:
            yield group


def _group(
    collector: Problems,
    id: str,
    entries: Sequence[Entry],
    frameworks: Collection[str],
    snippets: Mapping[str, object],
) -> Group:
    """A group of those entries; it can run where the collector got no problem of it."""
    fences = [entry.fence for entry in entries]
    first = fences[0].location
    if not any(entry.check for entry in entries):
        collector.add(problems.group_runs_nothing(first, id.partition("#")[2]))
    apps = _named(collector, fences, "app")
    environments = _named(collector, fences, "env")
    for app, fence in apps.items():
        if app not in snippets:
            collector.add(problems.unknown_snippet(fence.location, app, snippets))
        else:
            environments.setdefault(app.partition("/")[2], fence)
    if len(environments) > 1 and not collector:
        collector.add(problems.group_disagrees(first, "environment", list(environments)))
    for environment, fence in environments.items():
        if environment not in frameworks:
            collector.add(problems.unknown_environment(fence.location, environment, frameworks))
    environment, app = next(iter(environments), BARE), next(iter(apps), "")
    return Group(id, fences[0].page, first, environment, tuple(entries), app)


def _named(collector: Problems, fences: Iterable[Fence], option: str) -> dict[str, Fence]:
    """What the fences of a group say for an option that they may say once or alike."""
    named: dict[str, Fence] = {}
    for fence in fences:
        if value := getattr(fence.options, option):
            named.setdefault(value, fence)
    if len(named) > 1:
        *_, last = named.values()
        collector.add(problems.group_disagrees(last.location, f"data-{option}", list(named)))
    return named


def _from_snippets(fence: Fence) -> bool:
    """Whether every line that it shows is included from a snippet, which runs on its own."""
    texts = fence.source.split("\n") if fence.lines else []
    shown = [at.path for at, text in zip(fence.lines, texts, strict=True) if text]
    return bool(fence.includes) and all(path.startswith("snippets/") for path in shown)


class _Names:
    """Names of fences: their own, or their language with a number that is free."""

    def __init__(self, fences: Iterable[Fence]) -> None:
        self.problems: list[Problem] = []
        """A problem for each name that two fences have."""
        taken: set[str] = set()
        for fence in fences:
            taken.add(fence.options.group)
            if (id := fence.options.id) and id in taken:
                self.problems.append(problems.same_fence(fence.location, id))
            taken.add(id)
        self._taken = taken
        self._numbers: dict[str, Iterator[int]] = defaultdict(lambda: itertools.count(1))
        """By language; none is tried again."""

    def of(self, fence: Fence) -> str:
        """The fence's name, another for each."""
        if fence.options.id:
            return fence.options.id
        names = (f"{fence.language.lower()}-{number}" for number in self._numbers[fence.language])
        name = next(name for name in names if name not in self._taken)
        self._taken.add(name)
        return name
