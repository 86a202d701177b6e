"""What the gate refuses by its name is harmless too where it comes past the gate."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from miniature import files_of

from fieldguide.environments import prepare
from fieldguide.model import (
    Check,
    Contract,
    Defect,
    Job,
    Limits,
    Location,
    Lost,
    Outcome,
    Reply,
    Snippet,
    SnippetJob,
)
from fieldguide.results import of_snippets
from fieldguide.running import jobs
from fieldguide.running.pool import Pool
from fieldguide.running.sandbox import Mode, sandbox

CASES = Path(__file__).parents[1] / "cases/faults"
ENDS = b"raise SystemExit(0)\n"
NAMES = {
    "sitecustomize.py": ENDS,
    "usercustomize.py": ENDS,
    "evil.pth": b"import os; os._exit(0)\n",
    "pyvenv.cfg": b"home = .\n",
}


def outcomes(files: Mapping[str, bytes], mode: Mode, fork: bool) -> list[Outcome]:
    """How a snippet of those files ends, and an honest one after it."""
    at = Location("snippets/past/contract.py", 1)
    source = (CASES / "contract.py").read_text("utf-8")
    contract = Contract("past", (Check("test_it_answers_ok", "It answers.", at),), source, at)
    honest = {"app.py": (CASES / "next.py").read_bytes()}
    snippets = [
        Snippet(f"{name}/python", name, "python", dict(content), "app.py", at)
        for name, content in (("past", files), ("next", honest))
    ]
    ran: dict[str, Outcome] = {}

    def done(job: Job, reply: Reply | Lost | Defect) -> None:
        assert isinstance(job, SnippetJob)
        assert not isinstance(reply, Defect)
        ran[job.snippet.concept] = of_snippets.result(job, reply, ()).outcome

    order = [jobs.job(one, contract, prepare.bare(), Limits()) for one in snippets]
    Pool({}, 1, sandbox(mode, fork), fork).run(order, done)
    return [ran["past"], ran["next"]]


@pytest.mark.whole
@pytest.mark.parametrize("fork", [True, False])
@pytest.mark.parametrize("mode", [Mode.AUTO, Mode.STRICT])
def test_files_that_python_obeys_decide_nothing(mode: Mode, fork: bool) -> None:
    """As the case that shadows the standard library has them, were they in the tree."""
    files = files_of(CASES / "shadows-the-standard-library")
    del files["case.toml"]
    first, next = outcomes({**files, **NAMES}, mode, fork)
    assert first in (Outcome.FAILED, Outcome.ERRORED)
    assert next is Outcome.PASSED or not fork  # only of the same warm process is it a question
