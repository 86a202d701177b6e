"""``fieldguide bless``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ...base.problems import line
from .shared import FAILED, located, write_changes


@click.command("bless")
@click.argument("selection", nargs=-1, metavar="[ID|PATH]...")
@click.option("--yes", "-y", is_flag=True, help="Write without asking.")
@click.pass_obj
@located
def bless_command(root: Path, selection: tuple[str, ...], yes: bool) -> None:
    """Accept what came: outputs, transcripts and responses in the pages, shown as a diff.

    ID is a group of fences (about/writing#shop), a page (about/writing) or a fence; PATH a page.
    `probes` accepts what the probed frameworks answer.
    """
    from ..bless import bless
    from ..progress.bar import ProgressBar

    with ProgressBar() as progress:
        blessing = bless(root, selection, progress)
    for problem in blessing.refused:
        click.echo(line(problem), err=True)
    if blessing.refused:
        click.echo("Nothing is accepted while the code itself fails.", err=True)
        sys.exit(FAILED)
    if not blessing.changes:
        click.echo("Everything that came is as expected.")
        return
    write_changes(root, blessing.changes, "Accept?", yes=yes)
