"""Breaking one character of what the site's pages expect fails the build at its line.

The pages are run once. Then each expected line is changed, one character at a time, and held
against what came.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from fieldguide.commands.verify.options import VerifyOptions
from fieldguide.commands.verify.run import verify
from fieldguide.languages.comparing.normalise import normalise
from fieldguide.languages.grammar import console, http, pycon
from fieldguide.model import Entry, FenceJob, Group, Job, Lost, Outcome, Reply
from fieldguide.pages import groups
from fieldguide.project.collect import collect
from fieldguide.results import of_fences

Came = list[tuple[FenceJob, Reply]]


@pytest.fixture(scope="module")
def came(real: Path) -> Came:
    """Every group of fences of the site, with what its processes left."""
    found: Came = []

    def keep(job: Job, reply: Reply | Lost) -> None:
        assert isinstance(reply, Reply), reply
        assert isinstance(job, FenceJob)
        found.append((job, reply))

    ids = list(collect(real).groups)
    report = verify(real, ids, VerifyOptions(use_cache=False), on_reply=keep)
    assert [result.id for result in report.results if result.outcome is not Outcome.PASSED] == []
    assert sorted(job.id for job, _ in found) == sorted(ids)
    return found


def expected(entry: Entry) -> Iterator[int]:
    """The lines of a fence that say what comes, counted from 0."""
    fence = entry.fence
    every = range(len(fence.lines))
    if fence.options.output:
        yield from every
    elif fence.options.file:
        return
    elif fence.language == "console":
        for command in console.parse(fence.source).commands:
            yield from range(command.output_line, command.output_line + len(command.output))
    elif fence.language == "http":
        for exchange in http.parse(fence.source).exchanges:
            yield from range(exchange.response.line, exchange.response.end)
    elif fence.language == "pycon":
        for example in pycon.parse(fence.source).examples:
            count = example.want.count("\n")
            # A doctest compares how a traceback ends, not the frames before.
            yield from range(example.want_line + (count - 1 if example.raises else 0), every.stop)[
                : 1 if example.raises else count
            ]


def broken(line: str) -> Iterator[str]:
    """The line with another character in the place of its first, middle and last one."""
    places = [number for number, one in enumerate(line) if one.isalnum()]
    for number in sorted({places[0], places[len(places) // 2], places[-1]}) if places else ():
        other = str((int(line[number]) + 1) % 10) if line[number] in "0123456789" else "q"
        other = "z" if other == line[number] else other
        yield f"{line[:number]}{other}{line[number + 1 :]}"


def changed(group: Group, entry: Entry, number: int, line: str) -> Group:
    lines = entry.fence.source.split("\n")
    lines[number] = line
    other = replace(entry, fence=replace(entry.fence, source="\n".join(lines)))
    return replace(group, entries=tuple(other if one is entry else one for one in group.entries))


def test_one_character_fails_at_its_line(came: Came) -> None:
    tried, alike, kinds = 0, [], set()
    for job, reply in came:
        group = job.group
        for entry in group.entries:
            for number in expected(entry):
                line = entry.fence.source.split("\n")[number]
                for other in broken(line):
                    if "..." in line or normalise(other) == normalise(line):
                        alike.append(line)
                        continue
                    other_group = changed(group, entry, number, other)
                    tried += 1
                    if misread := list(groups.misread(other_group)):
                        # ``HTTP/1.1`` itself: no response is left.
                        assert misread[0].location in entry.fence.lines
                        continue
                    result = of_fences.result(replace(job, group=other_group), reply, ())
                    at = entry.fence.lines[number]
                    assert result.outcome is Outcome.FAILED, (at, other)
                    places = [c.failure.location for c in result.checks if c.failure]
                    # What `...` covers may end earlier, so that the next line is the wrong one.
                    after = "..." in entry.fence.source.split("\n")[:number]
                    allowed = entry.fence.lines[number : number + 1 + after]
                    assert set(allowed) & set(places), (at, other, places)
                    kinds.add("output" if entry.fence.options.output else entry.fence.language)
    assert kinds == {"output", "pycon", "console", "http"}
    assert tried > 100
    assert len(alike) < tried / 10, (len(alike), tried, alike)
