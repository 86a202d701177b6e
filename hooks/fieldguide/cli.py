"""``fieldguide ...``: the commands. Exit status: 0 verified, 1 something failed, 2 usage."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from . import __version__, problems, project_root
from .model import Location, Report
from .problems import ProblemError, line
from .text import count, visible

F = TypeVar("F", bound=Callable[..., Any])
FAILED, USAGE = 1, 2


def _located(command: F) -> F:
    """Print the problems that stop a command, each on its line, and exit with 2."""

    @wraps(command)
    def run(*arguments: Any, **options: Any) -> Any:
        try:
            return command(*arguments, **options)
        except ProblemError as error:
            if os.environ.get("GITHUB_ACTIONS"):
                from .report import annotations

                for text in annotations(Report((), error.problems)):
                    click.echo(text)
            for problem in error.problems:
                click.echo(line(problem), err=True)
            sys.exit(USAGE)

    return run  # type: ignore[return-value]


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="fieldguide")
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The project's folder; by default the nearest one upwards.",
)
@click.pass_context
def main(context: click.Context, root: Path | None) -> None:
    """Verify the Field Guide's snippets and look at their results."""
    # An orderly end, so that no process and no folder is left behind; Ctrl-C has one already.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    context.obj = (root or project_root.find(Path.cwd()) or Path.cwd()).resolve()


@main.command("verify")
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
@click.option("--json", "json_file", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--report", "junit_file", type=click.Path(dir_okay=False, path_type=Path), help="JUnit XML."
)
@click.pass_obj
@_located
def verify_command(
    root: Path,
    selection: tuple[str, ...],
    no_cache: bool,
    jobs: int | None,
    server: bool,
    database: bool,
    mode: str | None,
    shard: str | None,
    no_fork: bool,
    json_file: Path | None,
    junit_file: Path | None,
) -> None:
    """Run snippets, hold each to its contract, and run the fences of the pages.

    ID is a snippet (routing/flask), a concept, a framework, a page (about/writing) or one of its
    fences (about/writing#shop); PATH a file or folder of a snippet, or a page. Without either,
    everything is verified.
    """
    from .collect import collect
    from .processes import DATABASE
    from .progress import Progress
    from .report import annotations, junit, lines, verification
    from .sandbox import Mode
    from .selection import Shard
    from .verify import verify
    from .zygote import CAN_FORK

    url = os.environ.get(DATABASE, "") if database else ""
    if database and not url:
        raise ProblemError(problems.no_database(Location(DATABASE)))
    with Progress() as progress:
        done = verify(
            root,
            selection,
            shard=Shard.parse(shard) if shard is not None else None,
            use_cache=not no_cache,
            jobs=jobs,
            server=server,
            database=url,
            fork=CAN_FORK and not no_fork,
            mode=Mode(mode) if mode else None,
            progress=progress,
        )
    if os.environ.get("GITHUB_ACTIONS"):
        for text in annotations(done):
            click.echo(text)
    for text in lines(done):
        click.echo(text)
    if json_file is not None:
        project = collect(root)
        entries = [one for page in project.accounts.values() for one in page]
        content = json.dumps(verification(done, entries, project.cells), indent=1)
        _write(json_file, f"{content}\n")
    if junit_file is not None:
        _write(junit_file, junit(done))
    sys.exit(FAILED if any(one.severity == "error" for one in done.problems) else 0)


def _write(path: Path, content: str) -> None:
    try:
        path.write_text(content, "utf-8")
    except OSError as error:
        raise ProblemError(
            problems.not_written(path.as_posix(), error.strerror or str(error))
        ) from None


@main.command("bless")
@click.argument("selection", nargs=-1, metavar="[ID|PATH]...")
@click.option("--yes", "-y", is_flag=True, help="Write without asking.")
@click.pass_obj
@_located
def bless_command(root: Path, selection: tuple[str, ...], yes: bool) -> None:
    """Accept what came: outputs, transcripts and responses in the pages, shown as a diff.

    ID is a group of fences (about/writing#shop), a page (about/writing) or a fence; PATH a page.
    `probes` accepts what the probed frameworks answer.
    """
    from .blessing import bless, write
    from .progress import Progress

    with Progress() as progress:
        found = bless(root, selection, progress)
    for problem in found.refused:
        click.echo(line(problem), err=True)
    if found.refused:
        click.echo("Nothing is accepted while the code itself fails.", err=True)
        sys.exit(FAILED)
    for change in found.changes:
        for text in change.diff():
            click.echo(visible(text))
    if not found.changes:
        click.echo("Everything that came is as expected.")
        return
    if not yes and not click.confirm("Accept?", err=True):
        click.echo("Nothing was written.", err=True)
        sys.exit(FAILED)
    write(root, found.changes)
    click.echo(f"{count(len(found.changes), 'file')} written.")


@main.command("lint")
@click.pass_obj
@_located
def lint_command(root: Path) -> None:
    """Check everything that needs no run, and account for every fence of every page."""
    from .collect import collect
    from .lint import account
    from .reading import site

    project = collect(root)
    found = (*project.problems, *site.read(project).problems)
    for problem in found:
        click.echo(line(problem), err=True)
    for text in account(project):
        click.echo(visible(text))
    sys.exit(FAILED if any(one.severity == "error" for one in found) else 0)


@main.command("links")
@click.argument("selection", nargs=-1, metavar="[ID|PATH|resources|pages]...")
@click.option("--again", is_flag=True, help="Ask also for what was asked for today.")
@click.option("--fix", is_flag=True, help="Write the new address of what moved for good.")
@click.option("--accept", is_flag=True, help="Take what a page is now for what it should be.")
@click.option("--yes", "-y", is_flag=True, help="With --fix: write without asking.")
@click.option(
    "--allow", multiple=True, metavar="HOST:PORT", help="Ask this host too, wherever it is."
)
@click.option("--no-archive", is_flag=True, help="Ask no archive for copies of what is gone.")
@click.pass_obj
@_located
def links_command(
    root: Path,
    selection: tuple[str, ...],
    again: bool,
    fix: bool,
    accept: bool,
    yes: bool,
    allow: tuple[str, ...],
    no_archive: bool,
) -> None:
    """Ask for every link of the reading lists and of the built guides, and keep what was seen.

    ID is a resource, PATH a page in docs/. Exit status: 0 nothing to do, 1 a person has to act,
    3 something moved or failed once, 2 usage.
    """
    from .blessing import write
    from .collect import collect
    from .links import moved, run, told
    from .links.progress import Progress

    with Progress() as progress:
        found = run.look(
            collect(root),
            selection,
            again=again,
            accept=accept,
            allowed=allow,
            archive=None if no_archive else run.ARCHIVE,
            told=progress.told,
        )
    for text in told.lines(found):
        click.echo(visible(text))
    if fix and (changes := moved.changes(root, found.verdicts)):
        for change in changes:
            for text in change.diff():
                click.echo(visible(text))
        if not yes and not click.confirm("Write?", err=True):
            click.echo("Nothing was written.", err=True)
            sys.exit(FAILED)
        write(root, changes)
        click.echo(f"{count(len(changes), 'file')} written.")
    sys.exit(told.status(found))


@main.command("explain")
@click.argument("id", metavar="ID")
@click.pass_obj
@_located
def explain_command(root: Path, id: str) -> None:
    """Say what runs for a snippet or a fence, in which environment, and what came of it."""
    from .explain import explain

    for text in explain(root, id):
        click.echo(visible(text))


@main.command("lock")
@click.argument("names", nargs=-1, metavar="[ENV]...")
@click.option("--upgrade", is_flag=True, help="Take the newest versions, not the pinned ones.")
@click.pass_obj
@_located
def lock_command(root: Path, names: tuple[str, ...], upgrade: bool) -> None:
    """Resolve environments again, to hash-pinned files in environments/."""
    from .locks import lock

    lock(root, names, say=click.echo, upgrade=upgrade)


@main.command("bench")
@click.option("--repeat", type=click.IntRange(1), default=5, help="Take the best of so many runs.")
@click.pass_obj
@_located
def bench_command(root: Path, repeat: int) -> None:
    """Measure what verification costs, as ratios within one run."""
    from .bench import bench

    for text in bench(root, repeat):
        click.echo(text)
