"""Which tests run in one process, one after the other, where several processes share a run.

The tests of a file stay together, because what they share is made once a process. Some files share
something too. Some files are so long that they are cut, where what their tests share is made for
each part. What took longest in the last run starts first, so that all processes end at about the
same time.
"""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]
from xdist.workermanage import WorkerController  # type: ignore[import-untyped]

TOGETHER = {
    "the project": (
        "docs/",
        "snippets/",
        "tests/browser/test_comparisons.py",
        "tests/browser/test_defaults.py",
        "tests/browser/test_site.py",
        "tests/whole/test_hook.py",
        "tests/whole/test_surroundings.py",
    ),
}
"""Files that stay together: what verifies the real project, or looks at its built site. Two
processes that began at the same time would both run all of it."""
CUT = {
    "tests/whole/test_contracts.py": ("django", "flask", "bottle", "pyramid", "falcon", "webpy"),
    "tests/whole/test_faults.py": ("-without-a-judge", "-with-a-judge", "[unsandboxed"),
}
"""Long files, and what a test's id holds that makes it one of a part; the rest is one more part."""
FIRST = (*TOGETHER, *CUT)
"""What takes longest, as long as no run has been timed: in a fresh clone."""
KEPT = "sharing/seconds"
"""Where pytest's cache keeps how long each group took."""


def group(nodeid: str) -> str:
    """The name of the tests that a test stays together with."""
    path, _, test = nodeid.partition("::")
    for name, paths in TOGETHER.items():
        if path.startswith(paths):
            return name
    part = next((word for word in CUT.get(path, ()) if word in test), "")
    return f"{path} {part}".rstrip()


def order(nodeid: str, seconds: Mapping[str, float]) -> tuple[float, int]:
    """The place of a test's group among all: first what is known to take long."""
    name = group(nodeid)
    places = [place for place, first in enumerate(FIRST) if name.startswith(first)]
    return -seconds.get(name, 0.0), places[0] if places else len(FIRST)


class ByGroup(LoadScopeScheduling):  # type: ignore[misc]
    """Gives each process one group after the other, in the order in which they were found."""

    def _split_scope(self, nodeid: str) -> str:
        return group(nodeid)


class Timing:
    """How long each group takes, kept for the next run; a part of the process that shares out."""

    def __init__(self, config: pytest.Config) -> None:
        self.cache = getattr(config, "cache", None)  # none with `-p no:cacheprovider`
        self.known: dict[str, float] = self.cache.get(KEPT, {}) if self.cache else {}
        self.seconds: dict[str, float] = {}

    def pytest_configure_node(self, node: WorkerController) -> None:
        """Every process gets the same times, so all find the same order."""
        node.workerinput[KEPT] = self.known

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A test was set up, called or torn down."""
        name = group(report.nodeid)
        self.seconds[name] = self.seconds.get(name, 0.0) + report.duration

    def pytest_sessionfinish(self) -> None:
        """The longest time counts: a run of a few tests says little of their group."""
        for name, seconds in self.seconds.items():
            self.known[name] = max(seconds, 0.8 * self.known.get(name, 0.0))
        if self.cache:
            self.cache.set(KEPT, self.known)
