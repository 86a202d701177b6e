"""What is copied from a session: commands, and nothing that a machine wrote."""

from __future__ import annotations

import pytest

from fieldguide.languages.registry import copied as copied_of


@pytest.mark.parametrize(
    ("language", "source", "copied"),
    [
        ("console", "$ flask routes\nEndpoint\n$ ls\na.py", "flask routes\nls"),
        ("console", "(.venv) $ flask run &\n(.venv)$ curl :5000", "flask run &\ncurl :5000"),
        (
            "console",
            "$ cat <<EOF\n$ no command\nEOF\n$ no command",
            "cat <<EOF\n$ no command\nEOF\nno command",
        ),
        ("console", "$ cat <<-'END' > a\n\tone\n\tEND\none", "cat <<-'END' > a\n\tone\n\tEND"),
        ("console", "$ cat <<<word\nword", "cat <<<word"),
        ("console", "$ echo a \\\n> b \\\n  c\na b c", "echo a \\\nb \\\n  c"),
        ("console", "$ echo 'a\\\\'\na", "echo 'a\\\\'"),
        # What cannot be read is no session: the block is copied as it stands.
        ("console", "$ cat <<EOF\nnever closed", ""),
        ("console", "$ a \\", ""),
        ("console", "costs 5 $ a day\n$5", ""),
        ("console", "", ""),
        ("pycon", ">>> a = 1\n>>> a\n1", "a = 1\na"),
        (
            "pycon",
            ">>> def f():\n...     return 1\n...\n>>> f()\n1",
            "def f():\n    return 1\n\nf()",
        ),
        ("pycon", ">>> print('...')\n... # more\n...", "print('...')\n# more"),
        ("pycon", ">>> f()\n1\n>>>no", ""),
        ("pycon", "  >>> for n in a:\n  ...     n", "for n in a:\n    n"),
        ("python", ">>> a", ""),
        ("http", "GET / HTTP/1.1", ""),
        ("sql", "SELECT 1", ""),
    ],
)
def test_commands(language: str, source: str, copied: str) -> None:
    assert copied_of(language, source) == copied
