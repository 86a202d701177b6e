"""Which tests run in one process, one after the other, where several processes share a run.

The tests of a file stay together, because what they share is made once a process. Files that write
the results of the project itself stay together as well: they would lose each other's.
"""

from __future__ import annotations

from xdist.scheduler import LoadScopeScheduling

CHECKS = ("snippets/", "docs/")
"""What the project verifies: one verification for all of it."""
REAL = (
    *CHECKS,
    "tests/browser/",
    "tests/test_development_servers.py",
    "tests/test_every_character.py",
    "tests/test_hook.py",
    "tests/test_probes.py",
    "tests/whole/test_server_mode.py",
)
"""What writes the results of the project itself."""
FIRST = ("the project",)
"""What takes longest starts first, so that all processes end at about the same time."""


def group(nodeid: str) -> str:
    """The name of the tests that a test stays together with."""
    path = nodeid.partition("::")[0]
    return "the project" if path.startswith(REAL) else path


def order(nodeid: str) -> int:
    """The place of a test's group among all."""
    name = group(nodeid)
    return FIRST.index(name) if name in FIRST else len(FIRST)


class ByGroup(LoadScopeScheduling):
    """Gives each process one group after the other, in the order in which they were found."""

    def _split_scope(self, nodeid: str) -> str:
        return group(nodeid)
