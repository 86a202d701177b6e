"""The account of a page: what becomes of each of its fences, and which of them run together."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from ..environments.interpreters import BARE
from ..languages.registry import HOW, LANGUAGES
from ..model import Entry, Fate, Fence, Group, Location, Problem
from . import includes, problems


def part(page: str) -> str:
    """A page as ids name it: ``docs/concepts/routing.md`` is ``concepts/routing``."""
    return Location(page).doc.removesuffix(".md")


def account(
    fences: Sequence[Fence], misread: Collection[Location]
) -> tuple[tuple[Entry, ...], list[Problem]]:
    """An entry a fence, in order, and what is wrong with them.

    ``misread`` are the places of problems that are told already: who wrote ``.runs`` is not told
    as well that the fence is not run. Neither is who includes a file that is not there.
    """
    found: list[Problem] = []
    entries: list[Entry] = []
    names = _Names(fences)
    before: Entry | None = None  # what an output would be of
    for fence in fences:
        options, language = fence.options, LANGUAGES.get(fence.language)
        entry = Entry(fence, Fate.TEXT)
        if options.norun:
            entry = replace(entry, fate=Fate.NOT_RUN, reason=options.reason)
        elif options.output:
            if before is None:
                found.append(problems.output_of_nothing(fence.location))
            else:
                entry = replace(entry, fate=Fate.RUN, id=before.id, check=before.check)
        elif options.file:
            if options.group:
                entry = replace(entry, fate=Fate.RUN, id=f"{part(fence.page)}#{options.group}")
            else:
                found.append(problems.file_of_no_group(fence.location, options.file))
        elif language and (options.run or language.runs_unasked):
            name = names.of(fence)
            group = options.group or name
            entry = replace(entry, fate=Fate.RUN, id=f"{part(fence.page)}#{group}", check=name)
        elif _from_snippets(fence):
            entry = replace(entry, fate=Fate.SHOWN)
        elif act := HOW.get(fence.language.lower()):
            entry = replace(entry, fate=Fate.UNACCOUNTED)
            known = Location(fence.location.path, fence.location.line) in misread
            # The line of an include is still there where its file was not found.
            if not known and not any(map(includes.named, fence.source.split("\n"))):
                found.append(problems.unaccounted(fence.location, fence.language, act))
        if not options.hide:
            before = None
        if entry.check and language and language.output_follows and not options.output:
            before = entry
        entries.append(entry)
    found += names.twice
    return tuple(entries), found


def groups(
    entries: Iterable[Entry],
    frameworks: Collection[str],
    snippets: Mapping[str, object],
    found: list[Problem],
) -> Iterator[Group]:
    """The groups of a page that can run; ``found`` takes what keeps the others from it."""
    together: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.fate is Fate.RUN:
            together.setdefault(entry.id, []).append(entry)
    for id, members in together.items():
        fences = [entry.fence for entry in members]
        wrong = len(found)
        if not any(entry.check for entry in members):
            found.append(problems.group_runs_nothing(fences[0].location, id.partition("#")[2]))
        apps = _named(fences, "app", found)
        envs = _named(fences, "env", found)
        for app, fence in apps.items():
            if app not in snippets:
                found.append(problems.unknown_snippet(fence.location, app, snippets))
            else:
                envs.setdefault(app.partition("/")[2], fence)
        if len(envs) > 1 and len(found) == wrong:
            found.append(problems.group_disagrees(fences[0].location, "environment", list(envs)))
        for env, fence in envs.items():
            if env not in frameworks:
                found.append(problems.unknown_environment(fence.location, env, frameworks))
        if len(found) == wrong:
            page, location = fences[0].page, fences[0].location
            env, app = next(iter(envs), BARE), next(iter(apps), "")
            yield Group(id, page, location, env, tuple(members), app)


def _named(fences: Iterable[Fence], option: str, found: list[Problem]) -> dict[str, Fence]:
    """What the fences of a group say for an option that they may say once or alike."""
    named: dict[str, Fence] = {}
    for fence in fences:
        if value := getattr(fence.options, option):
            named.setdefault(value, fence)
    if len(named) > 1:
        *_, last = named.values()
        found.append(problems.group_disagrees(last.location, f"data-{option}", list(named)))
    return named


def _from_snippets(fence: Fence) -> bool:
    """Whether all that it shows stands in a snippet, which is run for itself."""
    texts = fence.source.split("\n") if fence.lines else []
    shown = [at.path for at, text in zip(fence.lines, texts, strict=True) if text]
    return bool(fence.includes) and all(path.startswith("snippets/") for path in shown)


class _Names:
    """Names of fences: their own, or their language with a number that nobody has taken."""

    def __init__(self, fences: Iterable[Fence]) -> None:
        self.twice: list[Problem] = []
        taken: set[str] = set()
        for fence in fences:
            taken.add(fence.options.group)
            if (id := fence.options.id) and id in taken:
                self.twice.append(problems.same_fence(fence.location, id))
            taken.add(id)
        self._taken = taken

    def of(self, fence: Fence) -> str:
        """The fence's name, another for each."""
        if fence.options.id:
            return fence.options.id
        number = 1
        while (name := f"{fence.language.lower()}-{number}") in self._taken:
            number += 1
        self._taken.add(name)
        return name
