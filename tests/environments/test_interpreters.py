"""Which interpreter runs what, and what it may read."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from fieldguide.base.paths import WORKER
from fieldguide.environments import interpreters, versions
from fieldguide.environments.prepare import bare
from fieldguide.model import Environment, Framework


def environment(folder: Path) -> Environment:
    python = folder / "bin" / "python"
    python.parent.mkdir(parents=True)
    return Environment("flask", python, "3.13.0", "lock", (), "fingerprint")


def test_a_snippet_runs_in_its_environment_and_a_contract_in_none(tmp_path: Path) -> None:
    flask = environment(tmp_path)
    assert interpreters.application(flask)[0] == str(tmp_path / "bin/python")
    assert interpreters.prefix(flask) == str(tmp_path)
    assert "-S" not in interpreters.application(flask)
    assert "-S" in interpreters.judge()
    assert interpreters.application(bare()) == interpreters.judge()
    assert interpreters.prefix(bare()) == ""


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_an_interpreter_reads_its_environment_and_where_that_links_to(tmp_path: Path) -> None:
    flask = environment(tmp_path / "flask")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "flask/lib64").symlink_to(tmp_path / "flask/bin")
    (tmp_path / "flask/share").symlink_to(tmp_path / "elsewhere")
    system = [Path(sys.base_prefix), Path(sys.base_exec_prefix), WORKER]
    own = [tmp_path / "flask", (tmp_path / "elsewhere").resolve()]
    assert [*interpreters.readable(flask)] == [*system, *own]
    assert [*interpreters.readable(bare())] == [*interpreters.readable(None)] == system


def test_the_version_of_a_framework_is_found_by_its_normal_name() -> None:
    webpy = Framework("webpy", "web.py", "web.py", "waitress", "")
    assert versions.version(webpy, {"Web_Py": "0.62", "waitress": "3"}) == "0.62"
    assert versions.version(webpy, {"waitress": "3"}) == ""
