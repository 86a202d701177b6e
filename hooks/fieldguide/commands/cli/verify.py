"""``fieldguide verify``."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ...base.problems import ProblemError, not_written
from ...model import Location, Report
from .. import problems
from .shared import annotate, located, status

if TYPE_CHECKING:
    from ..verify.options import VerifyOptions

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("verify")
@click.argument("selection", nargs=-1, metavar="[ID|PATH]...")
@click.option("--no-cache", is_flag=True, help="Run everything, whatever passed before.")
@click.option("--jobs", "-j", type=click.IntRange(1), help="How many run at once.")
@click.option("--server", is_flag=True, help="Run under each page's production server.")
@click.option("--database", is_flag=True, help="Hand DATABASE_URL to the snippets; keep nothing.")
@click.option(
    "--sandbox",
    "mode",
    type=click.Choice(["auto", "strict", "off"]),
    help="Without a sandbox: go on and say so, refuse, or do not even try.",
)
@click.option("--shard", metavar="N/COUNT", help="One part of all: 1/4 is the first of four.")
@click.option("--no-fork", is_flag=True, help="Run each snippet in a fresh interpreter.")
@click.option("--json", "json_file", type=_FILE)
@click.option("--report", "junit_file", type=_FILE, help="JUnit XML.")
@click.pass_obj
@located
def verify_command(
    root: Path,
    /,
    selection: tuple[str, ...],
    json_file: Path | None,
    junit_file: Path | None,
    **flags: Any,
) -> None:
    """Run snippets, hold each to its contract, and run the fences of the pages.

    ID is a snippet (routing/flask), a concept, a framework, a page (about/writing) or one of its
    fences (about/writing#shop); PATH a file or folder of a snippet, or a page. Without either,
    everything is verified.
    """
    from ..progress.bar import ProgressBar
    from ..reports.terminal import lines
    from ..verify.run import verify

    options = _options(**flags)
    with ProgressBar() as progress:
        report = verify(root, selection, options, progress=progress)
    annotate(report.problems)
    for text in lines(report):
        click.echo(text)
    if json_file is not None:
        _write_json(json_file, root, report)
    if junit_file is not None:
        _write_junit(junit_file, report)
    sys.exit(status(report.problems))


def _options(
    *,
    no_cache: bool,
    jobs: int | None,
    server: bool,
    database: bool,
    mode: str | None,
    shard: str | None,
    no_fork: bool,
) -> VerifyOptions:
    """What the words of the command line ask for."""
    from ...running.sandbox import Mode, default_mode
    from ...running.zygote import CAN_FORK
    from ..selection import Shard
    from ..verify.options import VerifyOptions

    return VerifyOptions(
        database=_database() if database else "",
        shard=Shard.parse(shard) if shard is not None else None,
        use_cache=not no_cache,
        jobs=jobs,
        server=server,
        fork=CAN_FORK and not no_fork,
        mode=Mode(mode) if mode else default_mode(),
    )


def _database() -> str:
    """The URL that the snippets are given."""
    from ...running.boundary.database import DATABASE

    url = os.environ.get(DATABASE, "")
    if not url:
        raise ProblemError(problems.no_database(Location(DATABASE)))
    return url


def _write_json(path: Path, root: Path, report: Report) -> None:
    from ...project.collect import collect
    from ..reports.verification_json import verification

    project = collect(root)
    entries = [entry for page in project.accounts.values() for entry in page]
    content = json.dumps(verification(report, entries, project.cells), indent=1)
    _write(path, f"{content}\n")


def _write_junit(path: Path, report: Report) -> None:
    from ..reports.junit import junit

    _write(path, junit(report))


def _write(path: Path, content: str) -> None:
    try:
        path.write_text(content, "utf-8")
    except OSError as error:
        reason = error.strerror or str(error)
        raise ProblemError(not_written(path.as_posix(), reason)) from None
