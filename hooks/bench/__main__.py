"""``python -m bench``: the workshop's figures, in lines."""

from __future__ import annotations

from pathlib import Path

import click

from bench.run import bench


@click.command()
@click.option("--repeat", type=click.IntRange(1), default=5, help="Take the best of so many runs.")
def main(repeat: int) -> None:
    """Measure what verification costs, as ratios within one run, in the current folder."""
    for text in bench(Path.cwd(), repeat):
        click.echo(text)


main()
