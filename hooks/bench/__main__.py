"""``python -m bench``: the workshop's figures, in lines."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import click

from bench.run import bench


@click.command()
@click.option("--repeat", type=click.IntRange(1), default=5, help="Take the best of so many runs.")
def main(repeat: int) -> None:
    """Measure what verification costs, as ratios within one run, in the current folder."""
    # Ended as by Ctrl-C: what runs beside it ends too, and its folders are removed.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    for text in bench(Path.cwd(), repeat):
        click.echo(text)


if __name__ == "__main__":
    main()
