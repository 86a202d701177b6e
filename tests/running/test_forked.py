"""What runs in a fork of a warm process; one that is lost is replaced once."""

from __future__ import annotations

from pathlib import Path

import pytest
from miniature import OK, WSGI, by_id, miniature
from sample_jobs import groups_of, snippet_job

from fieldguide.commands.verify.options import VerifyOptions
from fieldguide.commands.verify.run import verify
from fieldguide.environments import prepare
from fieldguide.model import GroupRecord, Job, Limits, Lost, Outcome
from fieldguide.running import fence_jobs
from fieldguide.running.forked import Pair, run
from fieldguide.running.processes import Workers
from fieldguide.running.sandbox import Mode, Sandbox
from fieldguide.running.zygote import CAN_FORK, LostError, Zygote, for_snippets

KILL = "import os\nif os.getppid() > 1:\n    os.kill(os.getppid(), 9)\n"
"""An application that ends the warm process that it was forked from."""


def never(job: Job, folder: Path) -> Zygote:
    raise AssertionError("nothing is started")


def lost(job: Job, folder: Path) -> Zygote:
    (folder / "left").touch()
    raise LostError(f"lost in {folder.name.partition('-')[0]}")


def test_nothing_starts_while_the_run_is_stopping(tmp_path: Path) -> None:
    pair = Pair(never, never, tmp_path, None)
    assert pair.run(snippet_job(), lambda: True) == Lost("")
    assert list(tmp_path.iterdir()) == []


def test_a_process_that_does_not_start_is_tried_twice_each_time_in_a_new_folder(
    tmp_path: Path,
) -> None:
    pair = Pair(lost, None, tmp_path, None)
    assert pair.run(snippet_job(), lambda: False) == Lost("lost in snippets")
    assert len(list(tmp_path.glob("snippets-*/left"))) == 2


@pytest.mark.skipif(not CAN_FORK, reason="no fork")
def test_what_a_job_leaves(tmp_path: Path) -> None:
    """One warm process serves one job after the other."""
    workers = Workers(Sandbox(()))
    warm = for_snippets(workers, prepare.bare(), None, tmp_path, Limits())
    try:
        for number in (1, 2):
            (group,) = groups_of(f"```python {{.run}}\nprint({number})\n```\n").values()
            reply = run(fence_jobs.job(group, prepare.bare(), Limits(), {}), warm)
            assert reply.record == GroupRecord(None, ({"raised": None, "threads": []},))
            assert (reply.exit, reply.stopped) == (0, None)
            assert reply.output.startswith(f"\n\x1e{reply.mark} 0\x1e\n{number}\n")
    finally:
        warm.close()


@pytest.mark.skipif(not CAN_FORK, reason="no fork")
def test_a_lost_zygote_is_replaced_once(tmp_path: Path) -> None:
    flag = str(tmp_path / "flag")
    once = f"import os\nflag = {flag!r}\nif not os.path.exists(flag) and os.getppid() > 1:\n"
    once += "    open(flag, 'w')\n"
    files = {
        "always/bottle/app.py": f"{KILL}\n{WSGI}",
        "next/bottle/app.py": WSGI,
        "once/bottle/app.py": f"{once}    os.kill(os.getppid(), 9)\n{WSGI}",
    }
    files |= {f"{name}/contract.py": OK for name in ("always", "next", "once")}
    project = miniature(tmp_path / "project", ["bottle"], files, preload=False)
    report = verify(project, (), VerifyOptions(jobs=1, mode=Mode.OFF))
    results = by_id(report)
    assert results["always/bottle"].outcome is Outcome.ERRORED
    assert "its process was lost twice" in results["always/bottle"].reason
    assert results["next/bottle"].outcome is Outcome.PASSED
    assert results["once/bottle"].outcome is Outcome.PASSED
