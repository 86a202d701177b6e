"""Whatever the engine's own code raises, each id that is wanted has a result or the run fails.

The seams are found by a run that records every function of the engine that is called between the
first answer of a worker and the end of the verification. In each of them an exception is raised,
once and always, and what is left of the run is held against an undisturbed one.
"""

from __future__ import annotations

import shutil
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import playing_workers
import pytest
import samples
from passes import ENVIRONMENT, job
from reading_lists import BASE

from fieldguide.base.paths import ENGINE
from fieldguide.base.problems import Problems, line
from fieldguide.commands.cli.shared import status
from fieldguide.commands.progress.protocol import SILENT
from fieldguide.commands.reports.junit import junit
from fieldguide.commands.verify import complete, prepared, run
from fieldguide.commands.verify.options import VerifyOptions
from fieldguide.environments import interpreters
from fieldguide.model import Environment, FenceJob, Job, Lost, Outcome, Reply, Report, Result
from fieldguide.model.layers import ALWAYS, JUDGE
from fieldguide.results import of_fences
from fieldguide.results.cache import FOLDER
from fieldguide.results.last_run import read_report
from fieldguide.running import zygote
from fieldguide.running.pool import Done, Pool
from fieldguide.running.processes import Workers
from fieldguide.running.sandbox import Machine, Mode, Sandbox

PAGE = """\
# Notes

```python {#good .run}
print("hello")
```

```text {.output}
hello
```

```python {#bad .run}
raise ValueError("wrong")
```

```python {#waits .run}
waits = 1
```

```python {#starves .run}
starves = 1
```

```python {.run data-group="several"}
pass
```

```pycon {data-group="several"}
>>> 1
1
```

```console {.run data-group="several"}
$ echo hello
hello
```

```http {#asked .run data-app="greeting/flask"}
GET / HTTP/1.1

HTTP/1.1 200 OK
```
"""
CONTRACT = '"""One check."""\n\n\ndef test_it(client):\n    """It {word}."""\n'
PROBES = '[head]\ngroup = "Methods"\nasks = "`HEAD`"\nrequest = "HEAD /"\nsays = "It is."\n'
FAILING = {"notes#bad", "notes#waits", "wrong/bottle", "refuses/bottle"}
"""What honestly does not hold; whatever happens, it is never a pass."""
ALONE = {
    *("ordered", "with_kinds", "about"),
    *("VerifyOptions.writes_cache", "VerifyOptions.renders", "VerifyOptions.for_snippets"),
}
"""Of the run as a whole, after its jobs: what is raised in these ends it, with that exception."""
OUTERMOST = {"Pool._thread", "_Reader.run"}
"""What is raised here ends a thread before it does anything, which Python tells. Others take over;
what was not read is missing, so its job is an error."""


class InjectedError(Exception):
    """What is raised at a seam."""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Snippets, fences of every language and a probe, whose workers are played."""
    root = Path(shutil.copytree(BASE, tmp_path / "project"))
    (root / "docs/notes.md").write_text(PAGE, "utf-8")
    guide = root / "docs/concepts/greeting.md"
    directives = "".join(f"\n::: snippet {word}/bottle\n" for word in ("wrong", "refuses"))
    guide.write_text(guide.read_text("utf-8") + directives, "utf-8")
    for word in ("wrong", "refuses"):
        folder = root / "snippets" / word
        (folder / "bottle").mkdir(parents=True)
        (folder / "contract.py").write_text(CONTRACT.format(word=word), "utf-8")
        (folder / "bottle/app.py").write_text("app = None\n", "utf-8")
    (root / "probes/flask").mkdir(parents=True)
    (root / "probes/probes.toml").write_text(PROBES, "utf-8")
    (root / "probes/flask/app.py").write_text("app = None\n", "utf-8")

    def named(root: Path, name: str, say: object, checked: bool) -> Environment:
        return replace(ENVIRONMENT, name=name)

    monkeypatch.setattr(prepared, "named", named)
    monkeypatch.setattr(interpreters, "readable", lambda environment: ())
    monkeypatch.setattr(Workers, "start", playing_workers.start)
    monkeypatch.setattr(zygote.Zygote, "wait", lambda self, seconds: None)
    return root


def verified(root: Path, *, fork: bool = True, judge: bool = True) -> Report:
    """A verification from nothing, with two threads."""
    shutil.rmtree(root / ".fieldguide", ignore_errors=True)
    layers = (*ALWAYS, *(JUDGE if judge else ()))
    machine = Machine(Mode.OFF, fork)
    machine.__dict__["sandbox"] = Sandbox(layers, judge=judge)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run, "Machine", lambda mode, fork: machine)
        return run.verify(root, (), VerifyOptions(jobs=2, fork=fork, mode=Mode.OFF))


WAYS: dict[str, Callable[[Path], Report]] = {
    "judged": verified,
    "one process": lambda root: verified(root, judge=False),
    "fresh": lambda root: verified(root, fork=False, judge=False),
}
FIRST = "judged"


def outcomes(report: Report) -> dict[str, Outcome]:
    return {result.id: result.outcome for result in report.results}


def test_the_undisturbed_run(project: Path) -> None:
    known = [outcomes(way(project)) for way in WAYS.values()]
    assert known[0] == known[1]
    assert list(known[0]) == list(known[2])
    assert {id for id, outcome in known[0].items() if outcome is not Outcome.PASSED} == FAILING
    assert list(known[0]) == [
        *("greeting/flask", "greeting/bottle", "refuses/bottle", "wrong/bottle", "probes/flask"),
        *("notes#good", "notes#bad", "notes#waits", "notes#starves"),
        *("notes#several", "notes#asked"),
    ]


def test_what_a_run_says_nothing_of_is_an_error(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = outcomes(verified(project))
    monkeypatch.setattr(Pool, "run", lambda self, jobs, done: None)
    report = verified(project)
    assert outcomes(report) == dict.fromkeys(wanted, Outcome.ERRORED)
    assert status(report.problems) == 1
    for id in wanted:
        (told,) = [line(p) for p in report.problems if p.message.startswith(f"{id}: ")]
        assert "the run ended without a result of it" in told


@pytest.mark.parametrize("order", [1, -1])
def test_of_two_results_for_one_id_the_bad_one_stays(
    monkeypatch: pytest.MonkeyPatch, order: int
) -> None:
    answers = [samples.result(outcome=o) for o in (Outcome.PASSED, Outcome.FAILED)][::order]
    monkeypatch.setattr(complete, "judged", lambda *_: answers.pop())

    def twice(self: Pool, jobs: Iterable[Job], done: Done) -> None:
        for one in [*jobs, *jobs]:
            done(one, Lost(""))

    monkeypatch.setattr(Pool, "run", twice)
    collector = Problems()
    pool = Pool({}, 1, Sandbox(()), fork=True)
    known = complete.run(collector, [job()], pool, SILENT, None)
    assert outcomes(Report(tuple(known.values()), ())) == {"routing/flask": Outcome.FAILED}
    assert [told.message for told in collector] == ["routing/flask has two results in one run"]


@pytest.mark.parametrize("error", [RuntimeError("x\n\x1b[31m" + "y" * 5000), KeyError("x")])
def test_a_defect_is_told_in_one_line_with_its_place(
    project: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    honest = of_fences.result

    def broken(job: FenceJob, reply: Reply | Lost, layers: tuple[str, ...]) -> Result:
        if job.id == "notes#good":
            raise error
        return honest(job, reply, layers)

    monkeypatch.setattr(of_fences, "result", broken)
    report = verified(project)
    assert {id for id, outcome in outcomes(report).items() if outcome is Outcome.ERRORED} == {
        *("notes#good", "refuses/bottle"),
    }
    (told,) = [line(p) for p in report.problems if "the engine itself broke" in p.message]
    assert told.startswith("docs/notes.md:3: notes#good: the engine itself broke: ")
    assert "(hooks/fieldguide/commands/verify/complete.py:" in told
    assert told.isprintable()
    assert len(told) < 700


# The seams


class Tracing:
    """Watches every call of the engine in every thread, from a worker's first answer on."""

    def __init__(self, called: Callable[[CodeType], None]) -> None:
        self._called = called
        self._begun = False

    def __call__(self, frame: FrameType, event: str, argument: Any) -> None:
        code = frame.f_code
        if event == "call" and code.co_filename.startswith(str(ENGINE)):
            self._begun = self._begun or code.co_name in ("receive", "_watched")
            if self._begun:
                self._called(code)

    def __enter__(self) -> None:
        self._before = sys.gettrace(), threading.gettrace()
        threading.settrace(self)
        sys.settrace(self)

    def __exit__(self, *_: object) -> None:
        sys.settrace(self._before[0])
        threading.settrace(self._before[1])


def seams(root: Path, way: Callable[[Path], Report]) -> list[CodeType]:
    """Every function of the engine between an answer and its kept result, in order of use."""
    found: dict[CodeType, None] = {}
    with Tracing(lambda code: found.setdefault(code)):
        way(root)
    return [code for code in found if not code.co_name.startswith("<")]


def disturbed(
    root: Path, way: Callable[[Path], Report], seam: CodeType, always: bool
) -> tuple[Report | None, bool]:
    """A run in which that function raises, the first time or every time: its report, None where it
    ends with the exception; and whether the function was called at all, which two threads may
    leave open."""
    raised: list[CodeType] = []

    def called(code: CodeType) -> None:
        if code is seam and (always or not raised):
            raised.append(code)
            raise InjectedError

    with Tracing(called):
        try:
            return way(root), bool(raised)
        except InjectedError:
            return None, True


def faults(
    root: Path, report: Report, known: dict[str, Outcome], *, always: bool, quiet: bool
) -> Iterator[str]:
    """What is wrong with what a disturbed run left."""
    now = outcomes(report)
    if list(now) != list(known):
        yield f"ids {sorted(set(known) ^ set(now))}"
    changed = {id for id in known if now.get(id) is not known[id]}
    if not always and len(changed) > 1:
        yield f"one exception cost {sorted(changed)} their results"
    failing = {id for id in FAILING if known[id] is not Outcome.PASSED}
    if any(now.get(id) is Outcome.PASSED for id in failing):
        yield "a failing one passed"
    errors = [problem for problem in report.problems if problem.severity == "error"]
    told = [problem for problem in errors if InjectedError.__name__ in problem.message]
    if not told and not quiet:
        yield "nothing says that the engine broke"
    for id in changed:
        if not any(id in problem.message for problem in errors):
            yield f"nothing says what became of {id}"
    if status(report.problems) != 1:
        yield "exit status 0"
    if any(f'classname="{id}"' not in junit(report) for id in known):
        yield "JUnit lacks one"
    left = read_report(root)
    if left is not None and any(outcomes(left).get(id) is Outcome.PASSED for id in failing):
        yield "a failing one is left as a pass"
    kept = "".join(path.read_text("utf-8") for path in (root / FOLDER).glob("*.jsonl"))
    if any(f'"{id}"' in kept for id in failing):
        yield "a failing one is kept as a pass"


@pytest.mark.whole
@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
@pytest.mark.parametrize("way", WAYS)
def test_an_exception_at_any_seam_costs_no_other_result(project: Path, way: str) -> None:
    """What is called in every way raises every time in the first one, and once in all of them."""
    known = outcomes(WAYS[way](project))
    found = seams(project, WAYS[way])
    first = set[CodeType]() if way == FIRST else set(seams(project, WAYS[FIRST]))
    bad = []
    for seam in found:
        name = seam.co_qualname
        for always in (False,) if seam in first else (False, True):
            report, hit = disturbed(project, WAYS[way], seam, always)
            if report is None:
                bad += [f"{name}: no report"] if name not in ALONE else []
            elif hit:
                quiet = name in OUTERMOST
                wrong = faults(project, report, known, always=always, quiet=quiet)
                bad += [f"{name} {'always' if always else 'once'}: {fault}" for fault in wrong]
    assert not bad, "\n".join(bad)
    names = {code.co_qualname for code in found}
    assert names >= {"result", "FenceReplies.__init__", "merge_report", "Cache.put"}
    assert ("last_stack" in names) is (way != "fresh")  # a played interpreter runs out of no time
