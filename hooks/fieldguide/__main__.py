"""``python -m fieldguide``."""

from .commands.cli.main import main

main(prog_name="fieldguide")
