"""The command that starts a snippet on the reader's machine."""

from __future__ import annotations

import pytest

from fieldguide.model import Location, Snippet
from fieldguide.showing.html.start import development


@pytest.mark.parametrize(
    ("entry", "source", "command"),
    [
        ("app.py", b"app.run()\n", "python app.py"),
        ("app.py", b"execute_from_command_line(sys.argv)\n", "python app.py runserver"),
        ("manage.py", b"execute_from_command_line(sys.argv)\n", "python manage.py runserver"),
    ],
)
def test_the_command(entry: str, source: bytes, command: str) -> None:
    files = {entry: source, "other.py": b"execute_from_command_line(sys.argv)\n"}
    assert development(Snippet("a/b", "a", "b", files, entry, Location(entry))) == command
