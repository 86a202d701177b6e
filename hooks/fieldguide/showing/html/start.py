"""How a reader starts a snippet: the command that stands on the page, and that a test runs."""

from __future__ import annotations

from ...model import Snippet

PORT = 8000
"""Where every snippet listens, on 127.0.0.1."""
_MANAGED = b"execute_from_command_line("
"""An application that is its own ``manage.py`` is told what to do."""


def development(snippet: Snippet) -> str:
    """The command that starts it under the framework's development server, in its folder."""
    managed = _MANAGED in snippet.files.get(snippet.main, b"")
    return f"python {snippet.main} runserver" if managed else f"python {snippet.main}"
