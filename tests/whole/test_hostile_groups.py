"""Hostile fences beside honest ones, in one warm process: each of them has a result, and its own.

A fence runs where its record is written, so it can forge it: the mark that separates the steps, the
record itself, the stack of a process whose time is over. What it can never do is to take away the
result of a fence that does not hold, or to leave the run without one.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli import run as run_command
from miniature import by_id, miniature

from fieldguide.base.problems import line
from fieldguide.commands.cli.shared import status
from fieldguide.commands.reports.junit import junit
from fieldguide.commands.verify.options import VerifyOptions
from fieldguide.commands.verify.run import verify
from fieldguide.model import Limits, Outcome, Report
from fieldguide.results.cache import FOLDER
from fieldguide.results.last_run import read_report
from fieldguide.running.sandbox import Mode, sandbox
from fieldguide.running.zygote import CAN_FORK

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="no fork")

LIMITS = Limits(wall_seconds=30.0, cpu_seconds=1)
MARK = """\
import os, sys
frame = sys._getframe()
while "self" not in frame.f_locals or not hasattr(frame.f_locals["self"], "_job"):
    frame = frame.f_back
mark = frame.f_locals["self"]._job["mark"]
os.write(1, "".join(f"\\n\\x1e{mark} {step}\\x1e\\n" for step in STEPS).encode())
"""
"""Finds the mark of its group and writes it with other words."""
RECORD = "import os\nos.write(4, RECORD)\nos._exit(0)\n"
"""Writes a record in the worker's place, and ends."""
STACK = """\
print('Timeout (now)')
print(f'  File "/x/fieldguide-1/main.py", line {"9" * 4301} in x', flush=True)
while True:
    pass
"""
"""Looks like what the watch has a process write when its time is over."""
WELL = b'{"raised": null, "threads": []}'
RAISED = b'{"error": null, "steps": [{"raised": {"names": ["E"], "text": "E", %s}, "threads": []}]}'


def forged(record: bytes, code: str = RECORD) -> str:
    return f"RECORD = {record!r}\n{code}"


def lengthy(head: bytes, part: bytes, tail: bytes) -> str:
    """A forged record whose middle is more than a line of a page may hold."""
    return f"RECORD = {head!r} + {part!r} * 10_001 + {tail!r}\n{RECORD}"


HOSTILE = {
    "stack-of-many-digits": STACK,
    "step-of-many-digits": 'STEPS = ["9" * 4301]\n' + MARK,
    "step-of-other-digits": 'STEPS = ["\\u0661"]\n' + MARK + "os._exit(0)",
    "step-that-there-is-not": "STEPS = [7]\n" + MARK + "os._exit(0)",
    "step-that-there-is-not-and-on": "STEPS = [1]\n" + MARK,
    "step-twice": "STEPS = [0]\n" + MARK,
    "step-before-the-first": "STEPS = [-1]\n" + MARK,
    "end-too-early": 'STEPS = ["end"]\n' + MARK,
    "a-text": forged(b'{"error": "x"}'),
    "no-object": forged(b"7"),
    "lists-in-lists": lengthy(b'{"error": null, "steps": ', b"[", b""),
    "no-numbers": forged(b'{"error": null, "steps": [NaN]}'),
    "a-key-twice": forged(b'{"error": "x", "error": null, "steps": [' + WELL + b"]}"),
    "a-yes-for-a-line": forged(RAISED % b'"line": true'),
    "a-line-before-the-first": forged(RAISED % b'"line": -1'),
    "a-line-of-many-digits": forged(RAISED % (b'"line": ' + b"9" * 4300)),
    "a-step-of-many-digits": forged(RAISED % (b'"step": ' + b"9" * 4300)),
    "no-name": forged(b'{"error": null, "steps": [{"raised": {"text": "E"}, "threads": []}]}'),
    "no-steps": forged(b'{"error": null}'),
    "more-steps": forged(b'{"error": null, "steps": [' + WELL + b"," + WELL + b"]}"),
    "steps-without-end": lengthy(b'{"error": null, "steps": [', b"7,", b"7]}"),
    "halves-of-characters": forged(b'{"error": {"kind": "file", "message": "\\ud800"}}'),
    "a-kind-of-its-own": forged(b'{"error": {"kind": "fine", "message": "x"}}'),
    "two-records": forged(b'{"error": null, "steps": [' + WELL + b"]}", RECORD.splitlines()[0])
    + "\nos.write(4, RECORD)",
    "no-text": forged(b"\xff\xfe\x00"),
}
HONEST = {"holds": 'print("it holds")', "fails": 'raise LookupError("it does not hold")'}


def page() -> str:
    """Every hostile fence, and after each an honest one that holds and one that does not."""
    text = ["# Notes"]
    for name, code in HOSTILE.items():
        text.append(f"```python {{.run #{name}}}\n{code.rstrip()}\n```")
        for kind, honest in HONEST.items():
            text.append(f"```python {{.run #{kind}-after-{name}}}\n{honest}\n```")
    return "\n\n".join(text) + "\n"


Left = tuple[Path, Report]

MODES = [Mode.OFF, Mode.AUTO]


@pytest.fixture(scope="module", params=MODES)
def left(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Left:
    """What a verification of the page leaves, all of it in one warm process."""
    if request.param is Mode.AUTO and not sandbox(Mode.AUTO, True).bounded:
        pytest.skip("no sandbox")
    root = miniature(tmp_path_factory.mktemp("hostile") / "project", [], {"README.md": "\n"})
    (root / "docs/notes.md").write_text(page(), "utf-8")
    return root, verify(root, (), VerifyOptions(jobs=1, mode=request.param, limits=LIMITS))


def test_each_fence_has_a_result_and_the_run_fails(left: Left) -> None:
    root, report = left
    names = [
        name
        for hostile in HOSTILE
        for name in (hostile, f"holds-after-{hostile}", f"fails-after-{hostile}")
    ]
    assert [result.id for result in report.results] == [f"notes#{name}" for name in names]
    assert status(report.problems) == 1
    assert [id for id in by_id(report) if f'classname="{id}"' not in junit(report)] == []
    kept = read_report(root)
    assert kept is not None
    assert kept.results == report.results


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_fence_is_an_error_at_its_place(left: Left, name: str) -> None:
    _, report = left
    result = by_id(report)[f"notes#{name}"]
    assert result.outcome in (Outcome.ERRORED, Outcome.TIMED_OUT), result.outcome
    (told,) = [line(p) for p in report.problems if p.message.startswith(f"notes#{name}: ")]
    assert told.startswith("docs/notes.md:")
    assert told.isprintable()
    assert len(told) < 1000
    assert "the engine itself broke" not in told


@pytest.mark.parametrize("name", HOSTILE)
def test_the_honest_ones_after_it_are_what_they_are(left: Left, name: str) -> None:
    root, report = left
    results = by_id(report)
    assert results[f"notes#holds-after-{name}"].outcome is Outcome.PASSED
    fails = results[f"notes#fails-after-{name}"]
    assert fails.outcome is Outcome.FAILED
    assert "LookupError: it does not hold" in fails.reason
    kept = "".join(path.read_text() for path in (root / FOLDER).glob("*.jsonl"))
    assert f'"notes#holds-after-{name}"' in kept
    assert f'"notes#fails-after-{name}"' not in kept
    assert f'"notes#{name}"' not in kept


def test_the_parts_of_a_run_have_all_of_it(tmp_path: Path) -> None:
    root = miniature(tmp_path / "project", [], {"README.md": "\n"})
    (root / "docs/notes.md").write_text(page(), "utf-8")
    found: list[str] = []
    for part in ("1/2", "2/2"):
        file = tmp_path / "out.json"
        arguments = ("--root", str(root), "verify", "--sandbox", "off", "--json", str(file))
        done = run_command(*arguments, "--shard", part)
        assert done.exit_code == 1, done.output
        found += [result["id"] for result in json.loads(file.read_text("utf-8"))["results"]]
    assert len(found) == len(set(found)) == 3 * len(HOSTILE)
