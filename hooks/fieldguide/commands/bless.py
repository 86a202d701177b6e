"""The verb ``bless``: accept what came as what is expected, in the pages themselves, and the
answers of the probed frameworks.

Nothing else of a file is touched: lines that hold keep their bytes, new ones get the indentation
and the line ends of their fence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..base.problems import ProblemError, Problems
from ..base.writing.changes import Change, Matcher
from ..languages import output as expected_output
from ..model import Fence, FenceJob, Group, Job, Lost, Outcome, Problem, Reply, Result
from ..pages import groups
from ..pages.fences.scan import scan
from ..project.collect import collect
from ..results import of_fences
from ..results.answers import accepted as known_answers
from ..results.answers.acceptance import accepted
from ..results.fence_replies import runs
from ..results.result_problems import problems_of
from . import problems
from .progress.protocol import SILENT, Progress
from .reports.subject import Subject, subject
from .verify.options import VerifyOptions
from .verify.run import verify

_LINE = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


@dataclass(frozen=True, slots=True)
class Blessing:
    """What would be accepted, and why some of it cannot be."""

    changes: tuple[Change, ...]
    refused: tuple[Problem, ...]


def bless(root: Path, selection: Sequence[str], progress: Progress = SILENT) -> Blessing:
    """Run what is selected, and compare; nothing is written. Raises `ProblemError`."""
    replies: dict[str, tuple[Group, Reply | Lost]] = {}

    def on_reply(job: Job, reply: Reply | Lost) -> None:
        if isinstance(job, FenceJob):
            replies[job.id] = job.group, reply

    options = VerifyOptions(use_cache=False)
    report = verify(root, selection, options, progress=progress, on_reply=on_reply)
    refused: list[Problem] = []
    sources: dict[str, list[tuple[Fence, str]]] = {}
    for result in report.results:
        if (
            result.outcome in (Outcome.PASSED, Outcome.SKIPPED)
            or subject(result) is Subject.SNIPPET
        ):
            continue
        if result.outcome is not Outcome.FAILED or result.id not in replies:
            refused += problems_of(result)
            continue
        group, reply = replies[result.id]
        if isinstance(reply, Lost) or of_fences.broken(group, reply):
            refused += problems_of(result)
            continue
        for fence, source, holds in _sources(group, reply):
            if not holds:
                refused.append(problems.expectation_not_the_same_again(fence.location))
            elif source != fence.source:
                sources.setdefault(fence.location.path, []).append((fence, source))
                refused += _included(fence)
    changes = []
    for path, fences in sources.items():
        changes.append(_change(root, path, fences))
        refused += _breaks(changes[-1], fences)
    changes += _answers(root, report.results)
    return Blessing(tuple(changes) if not refused else (), tuple(refused))


def _answers(root: Path, results: Sequence[Result]) -> Iterator[Change]:
    """The change of the accepted answers to those of now; none where no framework was asked."""
    project = collect(root)
    asked = project.probing.snippets if project.probing else {}
    answered = {result.id: result for result in results if result.id in asked}
    if not answered or project.probing is None:
        return
    path = root / known_answers.PATH
    old = path.read_bytes() if path.is_file() else b""
    collector = Problems()
    known = known_answers.read(collector, root)
    locks = {
        name: (root / "environments" / f"{name}.txt").read_text("utf-8")
        for name in project.frameworks
        if (root / "environments" / f"{name}.txt").is_file()
    }
    frameworks = project.frameworks.values()
    new = accepted(frameworks, project.probing.probes, answered, known, locks).encode("utf-8")
    if new != old and not len(collector):
        yield Change(known_answers.PATH, old, new)


def _sources(group: Group, reply: Reply) -> Iterator[tuple[Fence, str, bool]]:
    """Each fence that holds an expectation, with what its source would be, and whether that holds
    in the second run too, if there is one."""
    first, *others = runs(group, reply)
    for index, (entry, output) in enumerate(groups.steps(group)):
        fence, language = entry.fence, groups.language(entry.fence)
        if language is not None:
            came, other = first.steps[index], first.other_record(index)
            source = language.bless(language.parse(fence.source), came, other)
            differences = [
                language.compare(
                    language.parse(source), run.steps[index], fence.options, run.other_record(index)
                )
                for run in others
            ]
            yield fence, source, not any(differences)
        if output is not None:
            printed, other = first.outputs.get(index, ""), first.other_output(index)
            source = expected_output.bless(output.fence.source, printed, other)
            differences = [
                expected_output.compare(source, run.outputs.get(index, ""), run.other_output(index))
                for run in others
            ]
            yield output.fence, source, not any(differences)


def _included(fence: Fence) -> Iterator[Problem]:
    if fence.includes:
        yield problems.expectation_included(fence.location)


def _breaks(change: Change, fences: Sequence[tuple[Fence, str]]) -> Iterator[Problem]:
    """The problem of a file whose fences would change: what came holds marks that end its fence."""
    sources = {fence.location.line: source for fence, source in fences}
    try:
        old, new = (
            scan(change.path, text.decode("utf-8", "replace")).fences
            for text in (change.old, change.new)
        )
    except ProblemError as error:
        yield problems.expectation_too_much(fences[0][0].location, error.problems[0].message)
        return
    wanted = [sources.get(fence.location.line, fence.source) for fence in old]
    if [_trimmed(text) for text in wanted] != [_trimmed(fence.source) for fence in new]:
        yield problems.expectation_ends_fence(fences[0][0].location)


def _trimmed(text: str) -> list[str]:
    return [line.rstrip() for line in text.split("\n")]


def _from_the_end(change: tuple[Fence, str]) -> int:
    return -(change[0].location.line or 0)


def _change(root: Path, path: str, fences: Sequence[tuple[Fence, str]]) -> Change:
    """The file with new sources in its fences, the last first, so that line numbers stay right."""
    old = (root / path).read_bytes()
    lines = _LINE.findall(old)
    for fence, source in sorted(fences, key=_from_the_end):
        first, last = fence.location.line, fence.location.end_line
        assert first is not None
        assert last is not None
        lines[first : last - 1] = _rewritten(fence, source, lines[first - 1 : last - 1])
    return Change(path, old, b"".join(lines))


def _rewritten(fence: Fence, source: str, raw: Sequence[bytes]) -> list[bytes]:
    """The lines of a fence with a new source; ``raw`` are its opening line and those it has now."""
    opening, *now = raw
    end = opening[len(opening.rstrip(b"\r\n")) :]
    indent = fence.indent.encode("utf-8")
    old, new = (text.split("\n") if text else [] for text in (fence.source, source))
    lines: list[bytes] = []
    for same, i1, i2, j1, j2 in Matcher(old, new).get_opcodes():
        if same == "equal":
            lines += now[i1:i2]
        else:
            lines += [(indent + text.encode("utf-8")).rstrip(b" \t") + end for text in new[j1:j2]]
    return lines
