"""Which tests run in one process, one after the other, where several processes share a run.

The tests of a file stay together, because what they share is made once a process. Files that write
the results of the project itself stay together as well: they would lose each other's. Two files are
so long that they are cut, where what their tests share is made for each part.
"""

from __future__ import annotations

from xdist.scheduler import LoadScopeScheduling

REAL = (
    "snippets/",
    "docs/",
    "tests/browser/",
    "tests/whole/test_development_servers.py",
    "tests/whole/test_every_character.py",
    "tests/whole/test_hook.py",
    "tests/test_probes.py",
    "tests/whole/test_surroundings.py",
)
"""What writes the results of the project itself."""
CUT = {
    "tests/whole/test_contracts.py": ("django", "flask", "bottle", "pyramid", "falcon", "webpy"),
    "tests/whole/test_faults.py": ("-as-nobody", "-without-a-judge", "[unsandboxed"),
}
"""Long files, and what a test's id holds that makes it one of a part; the rest is one more part."""
FIRST = ("the project", *CUT)
"""What takes longest starts first, so that all processes end at about the same time."""


def group(nodeid: str) -> str:
    """The name of the tests that a test stays together with."""
    path, _, test = nodeid.partition("::")
    if path.startswith(REAL):
        return "the project"
    part = next((word for word in CUT.get(path, ()) if word in test), "")
    return f"{path} {part}".rstrip()


def order(nodeid: str) -> int:
    """The place of a test's group among all."""
    name = group(nodeid)
    places = [place for place, first in enumerate(FIRST) if name.startswith(first)]
    return places[0] if places else len(FIRST)


class ByGroup(LoadScopeScheduling):
    """Gives each process one group after the other, in the order in which they were found."""

    def _split_scope(self, nodeid: str) -> str:
        return group(nodeid)
