"""What verification costs: ratios within one run, because times differ from machine to machine."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter

from bench import fences, peers, reading, twice
from fieldguide.environments import prepare
from fieldguide.model import (
    Check,
    Contract,
    Framework,
    Limits,
    Location,
    Lost,
    Reply,
    Snippet,
    SnippetJob,
)
from fieldguide.project.collect import collect
from fieldguide.project.record import Project
from fieldguide.running.fresh_interpreter import fresh
from fieldguide.running.jobs import job
from fieldguide.running.pool import Pool
from fieldguide.running.processes import Workers
from fieldguide.running.sandbox import Mode, Sandbox, sandbox

_JOBS = 20
"""So many jobs are run in one warm process, so that its start can be told apart."""
_HOOK = "hooks:\n  - hooks/mkdocs_hook.py\n"


def bench(root: Path, repeat: int) -> Iterator[str]:
    """The figures in lines; each is the best of ``repeat`` runs.

    CPU seconds are those of every process that takes part, the engine's own included.
    """
    project = collect(root)
    box = sandbox(Mode.AUTO, True)
    yield f"layers: {', '.join(box.layers)}"
    yield f"CPU of one snippet, all its checks included; best of {repeat}, ms"
    head = f"  {'':12}{'fresh process':>14}{'forked':>9}{'ratio':>8}{'ratio, strict':>15}"
    yield f"{head}{'start, once a run':>20}"
    for framework in project.frameworks.values():
        snippets = [s for s in project.snippets.values() if s.framework == framework.name]
        if not snippets:
            continue
        environment = prepare.prepare(root, framework.name)
        jobs = [job(s, project.contracts[s.concept], environment, Limits()) for s in snippets]
        alone, forked, start = _snippets(framework, jobs, box, repeat)
        judged = "-"
        if box.bounded:
            _, apart, _ = _snippets(framework, jobs, sandbox(Mode.STRICT, True), repeat)
            judged = f"1/{alone / apart:.1f}"
        yield (
            f"  {framework.title:12}{alone * 1000:14.1f}{forked * 1000:9.1f}"
            f"{f'1/{alone / forked:.1f}':>8}{judged:>15}{start * 1000:20.1f}"
        )
    command = [sys.executable, "-m", "fieldguide", "--root", str(root), "verify"]
    nothing = _wall([sys.executable, "-c", "import click"], root, repeat)
    _wall(command, root, 1)
    kept = _wall(command, root, repeat)
    afresh = _wall([*command, "--no-cache"], root, repeat)
    yield f"verify with nothing changed, start-up included: {kept:.3f} s wall"
    yield f"  {kept / afresh:.2f} of verifying everything ({afresh:.2f} s)"
    yield f"  {kept / nothing:.1f} times a python that imports click ({nothing:.3f} s)"
    ready = min(_cpu(lambda: _prepare(project)) for _ in range(repeat))
    yield f"finding every environment ready: {ready:.3f} s CPU, {ready / kept:.2f} of that run"
    strict, off = _suites(command, root, repeat)
    yield (
        f"the whole suite afresh: {strict / off - 1:+.1%} CPU with every layer ({strict:.2f} s) "
        f"against none but the seat belts ({off:.2f} s)"
    )
    yield from twice.second_runs(root, repeat, _cpu)
    yield from _stops(project, box)
    with_hook, without = _builds(root, repeat)
    yield (
        f"mkdocs build, everything cached: {with_hook / without - 1:+.1%} CPU with the hook "
        f"({with_hook:.2f} s) against without ({without:.2f} s)"
    )
    warm = _warm(root, repeat)
    yield f"mkdocs build, everything cached: {warm:.2f} s wall on {os.cpu_count()} processors"
    yield f"  {warm / afresh:.2f} of verifying everything afresh ({afresh:.2f} s)"
    yield from fences.scanning(repeat)
    yield from peers.inline(root, repeat)
    with tempfile.TemporaryDirectory(prefix="fieldguide-") as path:
        yield from reading.linting(root, Path(path))
    yield from reading.checking()


def _prepare(project: Project) -> None:
    for name in project.frameworks:
        prepare.prepare(project.root, name)


def _snippets(
    framework: Framework, jobs: list[SnippetJob], box: Sandbox, repeat: int
) -> tuple[float, float, float]:
    """CPU seconds of a job in a fresh process, of one in a fork, and of the start of the zygote."""
    alone, forked, start = [], [], []
    with tempfile.TemporaryDirectory(prefix="fieldguide-") as path:
        folder, workers = Path(path).resolve(), Workers(Sandbox(()))

        def warm(count: int) -> None:
            pool = Pool({framework.name: framework}, 1, box, fork=True)
            pool.run([jobs[number % len(jobs)] for number in range(count)], lambda job, reply: None)

        for _ in range(repeat):
            alone.append(_cpu(lambda: [fresh(job, folder, workers) for job in jobs]) / len(jobs))
            start.append(_cpu(lambda: warm(1)))
            forked.append(_cpu(lambda: warm(_JOBS + 1)))
    each = (min(forked) - min(start)) / _JOBS
    return min(alone), each, min(start) - each


def _suites(command: list[str], root: Path, repeat: int) -> tuple[float, float]:
    """CPU seconds of verifying everything in the strictest mode and without a sandbox, in turns."""
    times: dict[str, list[float]] = {"strict": [], "off": []}
    for _ in range(repeat):
        for mode, seconds in times.items():
            whole = [*command, "--no-cache", "--sandbox", mode]
            seconds.append(_cpu(lambda whole=whole: _wall(whole, root, 1)))  # type: ignore[misc]
    return min(times["strict"]), min(times["off"])


_LOOPS = "while True: pass"
_WRITES = "import sys\nfor _ in range(1024): sys.stdout.write('x' * 1048576)"


def _stops(project: Project, box: Sandbox) -> Iterator[str]:
    """How soon a snippet is stopped that loops, and one that writes without end."""
    name, framework = next(iter(project.frameworks.items()))
    environment = prepare.prepare(project.root, name)
    at = Location("app.py")
    contract = Contract("bench", (Check("test", "", at),), "def test(client): pass", at)
    for words, code, limits in (
        ("a loop ends {:.3f} s after its processor time is used up", _LOOPS, Limits(cpu_seconds=1)),
        ("a gigabyte of output is cut after {:.3f} s", _WRITES, Limits()),
    ):
        snippet = Snippet("bench/bench", "bench", name, {"app.py": code.encode()}, "app.py", at)
        replies: list[Reply | Lost] = []
        pool = Pool({name: framework}, 1, box, fork=True)
        pool.run(
            [job(snippet, contract, environment, limits)],
            lambda _, reply, replies=replies: replies.append(reply),  # type: ignore[misc]
        )
        (reply,) = replies
        if isinstance(reply, Lost):
            raise RuntimeError(f"the snippet was lost twice: {reply.words}")
        yield words.format(reply.seconds - (limits.cpu_seconds if code is _LOOPS else 0))


def _builds(root: Path, repeat: int) -> tuple[float, float]:
    """CPU seconds of building the site with the hook and without it, run in turns."""
    config = (root / "mkdocs.yml").read_text("utf-8")
    bare = config.replace(_HOOK, "")
    if bare == config:
        raise ValueError("mkdocs.yml does not name the hook as expected")
    times: dict[str, list[float]] = {config: [], bare: []}
    with tempfile.TemporaryDirectory(prefix="fieldguide-") as site:
        for _ in range(repeat):
            for text, seconds in times.items():
                seconds.append(_cpu(lambda text=text: _build(root, text, site)))  # type: ignore[misc]
    return min(times[config]), min(times[bare])


def _warm(root: Path, repeat: int) -> float:
    """The shortest wall time of a build that finds everything verified, in seconds."""
    with tempfile.TemporaryDirectory(prefix="fieldguide-") as site:
        return _wall([sys.executable, "-m", "mkdocs", "build", "--quiet", "-d", site], root, repeat)


def _build(root: Path, config: str, site: str) -> None:
    with tempfile.NamedTemporaryFile("w", prefix=".mkdocs-", suffix=".yml", dir=root) as file:
        file.write(config)
        file.flush()
        command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "-f", file.name, "-d", site]
        subprocess.run(
            command, cwd=root, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}, check=True
        )


def _wall(command: list[str], root: Path, repeat: int) -> float:
    """The shortest wall time of a command, in seconds."""
    times = []
    for _ in range(repeat):
        started = perf_counter()
        subprocess.run(command, cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        times.append(perf_counter() - started)
    return min(times)


def _cpu(work: Callable[[], object]) -> float:
    """CPU seconds of this process and of its ended children while ``work`` runs."""

    def used() -> float:
        usages = [
            resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        ]
        return sum(usage.ru_utime + usage.ru_stime for usage in usages)

    before = used()
    work()
    return used() - before
