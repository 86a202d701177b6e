"""What runs in a fork of a warm process; one that is lost is replaced once."""

from __future__ import annotations

from pathlib import Path

import pytest
from miniature import OK, WSGI, by_id, miniature

from fieldguide.commands.verify.options import VerifyOptions
from fieldguide.commands.verify.run import verify
from fieldguide.model import Outcome
from fieldguide.running.sandbox import Mode
from fieldguide.running.zygote import CAN_FORK

KILL = "import os\nif os.getppid() > 1:\n    os.kill(os.getppid(), 9)\n"
"""An application that ends the warm process that it was forked from."""


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
    project = miniature(tmp_path / "project", ["bottle"], files)
    report = verify(project, (), VerifyOptions(jobs=1, mode=Mode.OFF))
    results = by_id(report)
    assert results["always/bottle"].outcome is Outcome.ERRORED
    assert "its process was lost twice" in results["always/bottle"].reason
    assert results["next/bottle"].outcome is Outcome.PASSED
    assert results["once/bottle"].outcome is Outcome.PASSED
