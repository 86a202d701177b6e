"""Fences are untrusted as snippets are: what one that tries can reach in strict mode."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from miniature import by_id

from fieldguide.commands.verify.options import VerifyOptions
from fieldguide.commands.verify.run import verify
from fieldguide.model import Outcome
from fieldguide.model.layers import BOUNDARY
from fieldguide.running.sandbox import Mode

TRIES = {
    "users": ("python", 'open("/etc/passwd")', "FileNotFoundError"),
    "the home folder": ("python", "open({home!r})", "FileNotFoundError"),
    "the checkout": ("python", "open({root!r})", "FileNotFoundError"),
    "the environment": (
        "python",
        "import flask; open(flask.__file__, 'a')",
        "OSError",
    ),
    "the system": ("python", "open('/usr/bin/made', 'w')", "OSError"),
    "the network": (
        "python",
        "import socket; socket.create_connection(('192.0.2.1', 80), 2)",
        "OSError",
    ),
    "another process": (
        "python",
        "import os; os.kill(1, 9); os.kill(1, 0); open('/proc/1/environ')",
        "PermissionError",
    ),
}
"""Code, and the exception that it has to end with."""

COMMANDS = """\
$ cat /etc/passwd || true
cat: /etc/passwd: No such file or directory
$ ls -a "$HOME" | grep -c pyproject
0
$ env | grep -c SECRET
0
$ echo more > /usr/bin/made
bash: /usr/bin/made: Read-only file system
"""


@pytest.fixture
def root(make_project: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SECRET", "do not tell")
    return make_project()


@pytest.mark.parametrize("name", TRIES)
def test_python_reaches_nothing(root: Path, name: str) -> None:
    language, code, error = TRIES[name]
    own = root / "pyproject.toml"
    home = next((path for path in Path.home().iterdir() if path.is_file()), own)
    code = code.format(home=str(home), root=str(own))
    info = f'{language} {{.run data-env="flask" data-raises="{error}"}}'
    (root / "docs/notes.md").write_text(f"```{info}\n{code}\n```\n", "utf-8")
    done = verify(root, ["docs/notes.md"], VerifyOptions(mode=Mode.STRICT))
    assert done.problems == ()
    assert set(BOUNDARY) <= set(done.layers)


def test_commands_reach_nothing(root: Path) -> None:
    text = COMMANDS.replace("| grep -c pyproject\n", "| grep -c pyproject || true\n")
    text = text.replace("grep -c SECRET\n", "grep -c SECRET || true\n")
    page = f'```console {{.run data-env="flask" data-exit="1"}}\n{text}```\n'
    (root / "docs/notes.md").write_text(page, "utf-8")
    assert verify(root, ["docs/notes.md"], VerifyOptions(mode=Mode.STRICT)).problems == ()
    assert not Path("/usr/bin/made").exists()


def test_a_group_leaves_no_process_for_the_next(root: Path) -> None:
    page = """\
```console {.run #leaves}
$ sleep 1000 &
$ (setsid sleep 1000 &)
```

```console {.run #looks}
$ cat /proc/[0-9]*/comm | grep -c sleep || true
0
```
"""
    (root / "docs/notes.md").write_text(page, "utf-8")
    results = by_id(verify(root, ["docs/notes.md"], VerifyOptions(mode=Mode.STRICT, jobs=1)))
    assert results["notes#looks"].outcome is Outcome.PASSED, results["notes#looks"]
    assert "separate judge" not in results["notes#looks"].layers
