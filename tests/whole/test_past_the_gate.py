"""What the gate refuses by its name is harmless too where it comes past the gate."""

from __future__ import annotations

import pytest
from fault_jobs import CASES, case, job, results
from miniature import files_of

from fieldguide.model import Outcome
from fieldguide.running.sandbox import Mode

ENDS = b"raise SystemExit(0)\n"
NAMES = {
    "sitecustomize.py": ENDS,
    "usercustomize.py": ENDS,
    "evil.pth": b"import os; os._exit(0)\n",
    "pyvenv.cfg": b"home = .\n",
}


@pytest.mark.whole
@pytest.mark.parametrize("fork", [True, False])
@pytest.mark.parametrize("mode", [Mode.AUTO, Mode.STRICT])
def test_files_that_python_obeys_decide_nothing(mode: Mode, fork: bool) -> None:
    """As the case that shadows the standard library has them, were they in the tree."""
    files = files_of(CASES / "shadows-the-standard-library")
    del files["case.toml"]
    order = [job("past", {**files, **NAMES}), case("next")]
    outcomes = {result.concept: result.outcome for result in results(order, mode, fork)}
    assert outcomes["past"] in (Outcome.FAILED, Outcome.ERRORED)
    # Only of the same warm process is it a question.
    assert outcomes["next"] is Outcome.PASSED or not fork
