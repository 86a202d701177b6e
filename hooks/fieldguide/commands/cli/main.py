"""``fieldguide ...``: the commands. Exit status: 0 verified, 1 something failed, 2 usage, 130
ended by Ctrl-C.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import click

from ... import __version__
from ...base import paths
from ...base.problems import ProblemError, counted, line
from ...base.text import visible
from .. import problems
from .bless import bless_command
from .links import links_command
from .shared import Verbs, located, status
from .verify import verify_command


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
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
        root.resolve() if root else paths.find_root(Path.cwd().resolve()) or Path.cwd().resolve()
    )


main.add_command(verify_command)
main.add_command(bless_command)
main.add_command(links_command)


@main.command("lint")
@click.option("--account", "whole", is_flag=True, help="Say of every page what becomes of it.")
@click.pass_obj
@located
def lint_command(root: Path, whole: bool) -> None:
    """Check everything that needs no run, and account for every fence of every page.

    First comes the gate on the tree: nothing else is read while that is closed. The problems come
    last, and the last line counts them.
    """
    from ...project.collect import collect
    from ...reading import shelf
    from ..gate import gate
    from ..lint import account, total

    met, told, last = gate.look(root), [*gate.weaker(root)], "nothing else was looked at"
    if status(met) == 0:
        project = collect(root)
        met = (*met, *project.problems, *shelf.read(project).problems)
        told += account(project) if whole else []
        last = total(project)
    for text in told:
        click.echo(visible(text))
    for problem in met:
        click.echo(line(problem), err=True)
    click.echo(visible(f"{last}; {counted(met) or 'no problems'}"))
    sys.exit(status(met))


@main.command("explain")
@click.argument("id", metavar="ID")
@click.pass_obj
@located
def explain_command(root: Path, id: str) -> None:
    """Say what runs for a snippet or a fence, in which environment, and what came of it."""
    from ..explain import explain

    for text in explain(root, id):
        click.echo(visible(text))


@main.command("python")
@click.argument("id", metavar="ID")
@click.pass_obj
@located
def python_command(root: Path, id: str) -> None:
    """Print the path of the Python that runs a snippet or a fence, for an editor."""
    from ..interpreter import interpreter

    click.echo(visible(str(interpreter(root, id, say=lambda text: click.echo(text, err=True)))))


@main.command("lock")
@click.argument("names", nargs=-1, metavar="[ENV]...")
@click.option("--upgrade", is_flag=True, help="Take the newest versions, not the pinned ones.")
@click.pass_obj
@located
def lock_command(root: Path, names: tuple[str, ...], upgrade: bool) -> None:
    """Resolve environments again, to hash-pinned files in environments/."""
    from ...environments.lock import lock

    lock(root, names, say=click.echo, upgrade=upgrade)


@main.command("bench")
@click.option("--repeat", type=click.IntRange(1), default=5, help="Take the best of so many runs.")
@click.pass_obj
@located
def bench_command(root: Path, repeat: int) -> None:
    """Measure what verification costs, as ratios within one run."""
    if not (root / "hooks" / "bench").is_dir():
        raise ProblemError(problems.no_bench(str(root)))
    # In this process's place, so that whoever ends it ends what measures, which then cleans up.
    os.chdir(root)
    os.execv(sys.executable, [sys.executable, "-m", "bench", "--repeat", str(repeat)])
