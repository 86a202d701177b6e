"""``python -m fieldguide``."""

from .cli import main

main(prog_name="fieldguide")
