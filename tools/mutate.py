"""How much the contracts catch: every single-point mutation of the snippets, held to its contract.

    python tools/mutate.py [concept ...] [--framework NAME] [--json FILE] [--jobs N]

A program, not a test of the suite: thousands of mutants take minutes. `mutations.py` says which are
made and which not. One that cannot even be imported is counted apart, as it needs no contract. Run
it on a machine that is not busy: a mutant that does not end in time counts as caught.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter

import mutations
from mutations import Mutant

from fieldguide.environments import prepare
from fieldguide.model import Deviation, Job, JobRecord, Limits, Reply, Snippet
from fieldguide.project.collect import collect
from fieldguide.project.record import Project
from fieldguide.running.jobs import job
from fieldguide.running.pool import Answer, Pool
from fieldguide.running.sandbox import Mode, sandbox

ROOT = Path(__file__).parent.parent
CAUGHT, SURVIVED, UNSTARTED, STOPPED = "caught", "survived", "did not start", "stopped"
"""A stopped one crashed, or did not end in time: caught as well."""
LIMITS = Limits(wall_seconds=12.0, cpu_seconds=4)
"""What a mutant may use; most need a twentieth of a second."""


@dataclass(frozen=True)
class Verdict:
    """What came of one mutant."""

    snippet: Snippet
    mutant: Mutant
    fate: str

    @property
    def line(self) -> str:
        """Where it stands and what it is."""
        folder = self.snippet.location.path.rpartition("/")[0]
        return f"{folder}/{self.mutant.file}:{self.mutant.line}: {self.mutant.change}"


def fates(project: Project, snippets: Iterable[Snippet], jobs: int) -> list[Verdict]:
    """Every mutant of the snippets, run; nothing is read from the cache, nothing written to it."""
    box = sandbox(Mode.AUTO, True)
    if not box.bounded:
        raise SystemExit("Nobody knows what a mutant does. Next: install bubblewrap, as CI does")
    made: dict[str, tuple[Snippet, Mutant | None]] = {}
    waiting: list[Job] = []
    for snippet in snippets:
        environment = prepare.prepare(project.root, snippet.framework)
        contract = project.contracts[snippet.concept]
        # Declared, a failing check is not run a second time to find its cause.
        declared = tuple(
            Deviation(c.name, "a mutant", c.location, "", (), "") for c in contract.checks
        )
        for number, mutant in enumerate([None, *mutations.of(snippet.files, snippet.framework)]):
            id = f"{snippet.id}~{number}"
            files = {**snippet.files, mutant.file: mutant.content} if mutant else snippet.files
            made[id] = snippet, mutant
            copy = replace(snippet, id=id, files=files, deviations=declared)
            waiting.append(job(copy, contract, environment, LIMITS))
    replies: dict[str, Answer] = {}

    def done(job: Job, reply: Answer) -> None:
        replies[job.id] = reply
        if sys.stderr.isatty():
            print(f"\r{len(replies)} of {len(waiting)}", end="", file=sys.stderr)

    Pool(project.frameworks, jobs, box, fork=True).run(waiting, done)
    verdicts = []
    for id, (snippet, mutant) in made.items():
        if mutant is not None:
            usual = outcomes(replies[f"{snippet.id}~0"])
            if usual is None:
                raise SystemExit(f"{snippet.id} does not run. Next: fieldguide verify {snippet.id}")
            verdicts.append(Verdict(snippet, mutant, fate(replies[id], usual)))
    return verdicts


def outcomes(reply: Answer) -> dict[str, str] | None:
    """How each check ended; None where nothing was checked."""
    if not isinstance(reply, Reply) or reply.stopped or reply.exit:
        return None
    if not isinstance(reply.record, JobRecord):
        return None
    if reply.record.error is not None:
        return {}
    return {check.name: check.outcome for check in reply.record.checks}


def fate(reply: Answer, usual: dict[str, str]) -> str:
    """What came of a mutant, beside what comes of the application itself."""
    ended = outcomes(reply)
    if ended is None:
        return STOPPED
    if not ended:
        return UNSTARTED
    return SURVIVED if ended == usual else CAUGHT


def share(verdicts: Iterable[Verdict]) -> str:
    """``91.2 % (93 of 102)`` of those that start."""
    counted = Counter(verdict.fate for verdict in verdicts)
    noticed = counted[CAUGHT] + counted[STOPPED]
    whole = noticed + counted[SURVIVED]
    return f"{noticed / whole:.1%} ({noticed} of {whole})" if whole else "none"


def report(verdicts: list[Verdict], seconds: float) -> None:
    """Print the shares and the survivors."""
    for verdict in verdicts:
        if verdict.fate == SURVIVED:
            print(verdict.line)
    for title, name in (("concept", "concept"), ("framework", "framework")):
        groups: dict[str, list[Verdict]] = defaultdict(list)
        for verdict in verdicts:
            groups[getattr(verdict.snippet, name)].append(verdict)
        print(f"\nCaught, by {title}")
        for group, members in groups.items():
            print(f"  {group:18}{share(members)}")
    counted = Counter(verdict.fate for verdict in verdicts)
    kinds = Counter(verdict.mutant.kind for verdict in verdicts if verdict.fate == SURVIVED)
    print(f"\nSurvived, by kind: {', '.join(f'{kind} {n}' for kind, n in kinds.most_common())}")
    print(f"{len(verdicts)} mutants, {counted[UNSTARTED]} of which did not start; {seconds:.0f} s")
    print(f"Caught: {share(verdicts)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("concepts", nargs="*", metavar="concept")
    parser.add_argument("--framework")
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    project = collect(ROOT)
    unknown = {*options.concepts} - {*project.contracts}
    unknown |= {options.framework} - {None, *project.frameworks}
    if unknown:
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    chosen = [
        snippet
        for snippet in project.snippets.values()
        if snippet.concept in (options.concepts or project.contracts)
        and options.framework in (None, snippet.framework)
    ]
    started = perf_counter()
    verdicts = fates(project, chosen, options.jobs)
    report(verdicts, perf_counter() - started)
    if options.json:
        rows = [
            {
                "snippet": verdict.snippet.id,
                "file": verdict.mutant.file,
                "line": verdict.mutant.line,
                "change": verdict.mutant.change,
                "fate": verdict.fate,
            }
            for verdict in verdicts
        ]
        options.json.write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
