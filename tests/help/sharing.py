"""Which tests run in one process, one after the other, where several processes share a run.

The tests of a file stay together, because what they share is made once a process. Some files share
something too. Two files are so long that they are cut, where what their tests share is made for
each part.
"""

from __future__ import annotations

from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

TOGETHER = {
    "the project": ("snippets/", "docs/", "tests/whole/test_surroundings.py"),
    "the site": ("tests/browser/", "tests/whole/test_hook.py"),
}
"""Files that stay together: what verifies the real project, once; what looks at its built site,
which is built once."""
CUT = {
    "tests/whole/test_contracts.py": ("django", "flask", "bottle", "pyramid", "falcon", "webpy"),
    "tests/whole/test_faults.py": ("-as-nobody", "-without-a-judge", "[unsandboxed"),
}
"""Long files, and what a test's id holds that makes it one of a part; the rest is one more part."""
FIRST = (*TOGETHER, *CUT)
"""What takes longest starts first, so that all processes end at about the same time."""


def group(nodeid: str) -> str:
    """The name of the tests that a test stays together with."""
    path, _, test = nodeid.partition("::")
    for name, paths in TOGETHER.items():
        if path.startswith(paths):
            return name
    part = next((word for word in CUT.get(path, ()) if word in test), "")
    return f"{path} {part}".rstrip()


def order(nodeid: str) -> int:
    """The place of a test's group among all."""
    name = group(nodeid)
    places = [place for place, first in enumerate(FIRST) if name.startswith(first)]
    return places[0] if places else len(FIRST)


class ByGroup(LoadScopeScheduling):  # type: ignore[misc]
    """Gives each process one group after the other, in the order in which they were found."""

    def _split_scope(self, nodeid: str) -> str:
        return group(nodeid)
