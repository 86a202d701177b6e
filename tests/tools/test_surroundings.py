"""The surroundings: each has its acts, and one bad act is a failure."""

from __future__ import annotations

from pathlib import Path

import pytest
import surroundings
from acts import Place
from surroundings import NAMES, Trial, main


@pytest.mark.parametrize("name", NAMES)
def test_every_name_is_a_surrounding(name: str) -> None:
    assert name.startswith("python") or callable(getattr(Trial, name.replace("-", "_")))


def test_an_unknown_name_is_told_with_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["moon"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("moon: no such surrounding. Next: one of sub-path, ")


def test_the_names_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--list"]) == 0
    assert tuple(capsys.readouterr().out.split()) == NAMES


@pytest.mark.parametrize(("fails", "status"), [("exit 0", 0), ("exit 3", 1)])
def test_one_bad_act_is_a_failure(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    fails: str,
    status: int,
) -> None:
    summary = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    monkeypatch.setattr(Trial, "plain", lambda trial: Place(tmp_path))
    monkeypatch.setattr(surroundings, "LINT", ("sh", "-c", f"echo why; {fails}"))
    monkeypatch.setattr(surroundings, "VERIFY", ("true",))
    monkeypatch.setattr(surroundings, "BUILD", ("true",))
    assert main(["long-tmpdir"]) == status
    said = capsys.readouterr().out
    assert ("    why" in said) is bool(status)
    assert ("| BAD |" in said) is bool(status)
    assert summary.read_text("utf-8").startswith("| Surrounding |")


def test_what_never_ends_is_bad(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(surroundings, "PATIENCE", 0.2)
    trial = Trial(tmp_path)
    assert not trial.act(Place(tmp_path), ("sleep", "600"), ("true",))
    (came,) = trial.came
    assert (came.word, came.said.strip()) == ("BAD", "it did not end within 0.2 s")


def test_a_python_that_is_not_here_is_no_failure(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    refusal = "echo 'No such Python. Next: install it.'; exit 2 # "
    monkeypatch.setattr(surroundings, "SETUP", ("sh", "-c", refusal))
    monkeypatch.setattr(surroundings, "lay_out", lambda folder, git: tmp_path)
    trial = Trial(tmp_path)
    trial.run("python3.14")
    assert [came.word for came in trial.came] == ["refused"]
