"""``fieldguide links``."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ...base.text import visible
from .shared import located, write_changes

if TYPE_CHECKING:
    from ...links.options import LinkOptions


@click.command("links")
@click.argument("selection", nargs=-1, metavar="[ID|PATH|resources|pages]...")
@click.option("--again", is_flag=True, help="Ask also for what was asked for today.")
@click.option("--fix", is_flag=True, help="Write the new address of what moved for good.")
@click.option("--accept", is_flag=True, help="Take what a page is now for what it should be.")
@click.option("--yes", "-y", is_flag=True, help="With --fix: write without asking.")
@click.option(
    "--allow", multiple=True, metavar="HOST:PORT", help="Ask this host too, wherever it is."
)
@click.option(
    "--minutes",
    type=click.FloatRange(min=0),
    metavar="N",
    help="Leave what is not asked for by then.",
)
@click.option("--no-archive", is_flag=True, help="Ask no archive for copies of what is gone.")
@click.pass_obj
@located
def links_command(
    root: Path,
    /,
    selection: tuple[str, ...],
    fix: bool,
    yes: bool,
    **flags: Any,
) -> None:
    """Ask for every link of the reading lists and of the built guides, and keep what was seen.

    ID is a resource, PATH a page in docs/. Exit status: 0 nothing to do, 1 a person has to act,
    3 something moved or failed once, or was not asked for, 2 usage, or no host answers.
    """
    from ...links import check, rewrite, wording
    from ...project.collect import collect
    from ..gate import gate
    from ..progress.links import LinkProgress

    options = _options(**flags)
    gate.hold(root)
    with LinkProgress() as progress:
        looked = check.look(collect(root), selection, options, on_verdict=progress.judged)
    for text in wording.lines(looked):
        click.echo(visible(text))
    if fix and (changes := rewrite.changes(root, looked.verdicts)):
        write_changes(root, changes, "Write?", yes=yes)
    sys.exit(wording.status(looked))


def _options(
    *, again: bool, accept: bool, allow: tuple[str, ...], no_archive: bool, minutes: float | None
) -> LinkOptions:
    """What the words of the command line ask for."""
    from ...links.options import ARCHIVE, LinkOptions

    archive = None if no_archive else ARCHIVE
    options = LinkOptions(again=again, accept=accept, allowed=allow, archive=archive)
    return options if minutes is None else replace(options, seconds=60 * minutes)
