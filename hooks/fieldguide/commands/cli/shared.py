"""What the verbs of the command line share: exit statuses, lines for problems, questions."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ...base.problems import ProblemError, line
from ...base.text import count, visible
from ...model import Problem

if TYPE_CHECKING:
    from ...base.writing.changes import Change

F = TypeVar("F", bound=Callable[..., Any])
FAILED, USAGE = 1, 2
INTERRUPTED = 128 + signal.SIGINT
"""As a shell has it of a program that Ctrl-C has ended: nothing is said of what was looked at."""


class Verbs(click.Group):
    """Commands that Ctrl-C ends with a status of its own; click's would be that of a failure."""

    def invoke(self, context: click.Context) -> Any:
        """Run the command that was asked for."""
        try:
            return super().invoke(context)
        except KeyboardInterrupt:
            click.echo("\nInterrupted: what did not come to its end has no result.", err=True)
            sys.exit(INTERRUPTED)


def located(command: F) -> F:
    """Print the problems that stop a command, each on its line, and exit with 2."""

    @wraps(command)
    def run(*arguments: Any, **options: Any) -> Any:
        try:
            return command(*arguments, **options)
        except ProblemError as error:
            annotate(error.problems)
            for problem in error.problems:
                click.echo(line(problem), err=True)
            sys.exit(USAGE)

    return run  # type: ignore[return-value]


def annotate(problems: Iterable[Problem]) -> None:
    """On GitHub, mark the problems in the pull request."""
    if os.environ.get("GITHUB_ACTIONS"):
        from ..reports.workflow_commands import workflow_commands

        for text in workflow_commands(problems):
            click.echo(text)


def status(problems: Iterable[Problem]) -> int:
    """The exit status of a command that met these problems: warnings fail nothing."""
    return FAILED if any(problem.severity == "error" for problem in problems) else 0


def write_changes(root: Path, changes: Sequence[Change], question: str, *, yes: bool) -> None:
    """Show the changes as a diff and write them once a person has agreed; else exit with 1.

    Args:
        root: the project's folder.
        changes: at least one.
        question: what the person is asked.
        yes: do not ask.
    """
    from ...base.writing.changes import write

    for change in changes:
        for text in change.diff():
            click.echo(visible(text))
    if not yes and not click.confirm(question, err=True):
        click.echo("Nothing was written.", err=True)
        sys.exit(FAILED)
    write(root, changes)
    click.echo(f"{count(len(changes), 'file')} written.")
