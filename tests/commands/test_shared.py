"""What the verbs share: exit statuses, lines for problems, and a question before writing."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from fieldguide.base.problems import ProblemError
from fieldguide.base.writing.changes import Change
from fieldguide.commands.cli.shared import FAILED, Verbs, annotate, located, status, write_changes
from fieldguide.model import Location, Problem

ERROR = Problem(Location("docs/a.md", 4), "it is amiss", "put it right")
WARNING = Problem(Location("docs/a.md"), "it is odd", "look", severity="warning")


def test_warnings_fail_nothing() -> None:
    assert status([]) == status([WARNING]) == 0
    assert status([WARNING, ERROR]) == FAILED


def test_what_stops_a_command_is_a_line_each() -> None:
    @click.command()
    @located
    def stops() -> None:
        raise ProblemError(ERROR, WARNING)

    done = CliRunner().invoke(stops)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == (
        "docs/a.md:4: it is amiss. Next: put it right.\n"
        "docs/a.md: warning: it is odd. Next: look.\n"
    )


def test_ctrl_c_ends_with_the_status_of_a_shell() -> None:
    """Not with that of a failure: nobody knows whether anything fails."""

    @click.group(cls=Verbs)
    def verbs() -> None: ...

    @verbs.command("wait")
    @located
    def wait() -> None:
        raise KeyboardInterrupt

    done = CliRunner().invoke(verbs, ["wait"])
    assert (done.exit_code, done.stdout) == (130, "")
    assert done.stderr == "\nInterrupted: what did not come to its end has no result.\n"


def test_only_github_gets_annotations(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    annotate([ERROR])
    assert capsys.readouterr().out == ""
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    annotate([ERROR])
    assert capsys.readouterr().out.startswith("::error file=docs/a.md,line=4::it is amiss")


def asked(root: Path, answer: str, yes: bool = False) -> Result:
    """Show a change of a file and answer the question."""
    (root / "a.md").write_text("old\n", "utf-8")

    @click.command()
    def verb() -> None:
        write_changes(root, [Change("a.md", b"old\n", b"new\n")], "Accept?", yes=yes)

    return CliRunner().invoke(verb, input=answer)


@pytest.mark.parametrize(
    ("answer", "yes", "content"),
    [("y\n", False, "new\n"), ("n\n", False, "old\n"), ("", False, "old\n"), ("", True, "new\n")],
)
def test_nothing_is_written_that_nobody_agreed_to(
    tmp_path: Path, answer: str, yes: bool, content: str
) -> None:
    done = asked(tmp_path, answer, yes)
    assert "-old\n+new\n" in done.stdout
    assert ("Accept?" in done.stderr) is not yes
    assert (tmp_path / "a.md").read_text("utf-8") == content
    assert (done.exit_code, "1 file written." in done.stdout) == (
        (0, True) if content == "new\n" else (1, False)
    )
