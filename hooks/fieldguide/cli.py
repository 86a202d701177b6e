"""``fieldguide ...``: the commands. Exit status: 0 verified, 1 something failed, 2 usage."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import click

from . import __version__, project_root
from .bless_command import bless_command
from .command_line import located, status
from .links_command import links_command
from .problems import line
from .text import visible
from .verify_command import verify_command


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
    context.obj = (
        root.resolve() if root else project_root.find(Path.cwd().resolve()) or Path.cwd().resolve()
    )


main.add_command(verify_command)
main.add_command(bless_command)
main.add_command(links_command)


@main.command("lint")
@click.pass_obj
@located
def lint_command(root: Path) -> None:
    """Check everything that needs no run, and account for every fence of every page."""
    from .collect import collect
    from .lint import account
    from .reading import site

    project = collect(root)
    problems = (*project.problems, *site.read(project).problems)
    for problem in problems:
        click.echo(line(problem), err=True)
    for text in account(project):
        click.echo(visible(text))
    sys.exit(status(problems))


@main.command("explain")
@click.argument("id", metavar="ID")
@click.pass_obj
@located
def explain_command(root: Path, id: str) -> None:
    """Say what runs for a snippet or a fence, in which environment, and what came of it."""
    from .explain import explain

    for text in explain(root, id):
        click.echo(visible(text))


@main.command("lock")
@click.argument("names", nargs=-1, metavar="[ENV]...")
@click.option("--upgrade", is_flag=True, help="Take the newest versions, not the pinned ones.")
@click.pass_obj
@located
def lock_command(root: Path, names: tuple[str, ...], upgrade: bool) -> None:
    """Resolve environments again, to hash-pinned files in environments/."""
    from .locks import lock

    lock(root, names, say=click.echo, upgrade=upgrade)


@main.command("bench")
@click.option("--repeat", type=click.IntRange(1), default=5, help="Take the best of so many runs.")
@click.pass_obj
@located
def bench_command(root: Path, repeat: int) -> None:
    """Measure what verification costs, as ratios within one run."""
    from .bench import bench

    for text in bench(root, repeat):
        click.echo(text)
