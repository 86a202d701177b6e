"""What is covered of the engine: measured in the processes that run tests, and in no other.

Where its variable is set, as `make test-all` does, coverage begins with the interpreter: pytest
loads a part of the engine before any plugin could begin.
"""

from __future__ import annotations

import os

VARIABLE = "COVERAGE_PROCESS_START"


def begun() -> bool:
    """Whether this process is measured; whatever it starts from now on is not.

    The hundreds of Pythons that tests start would be slower, and are not the engine's own process.
    """
    return os.environ.pop(VARIABLE, None) is not None


class Kept:
    """Writes what is covered as soon as the tests have run.

    Else the end of the interpreter does, which a process of xdist may not live to see.
    """

    def pytest_sessionfinish(self) -> None:
        """All fixtures are torn down, and xdist has not yet been told."""
        from coverage import Coverage

        measured = Coverage.current()
        assert measured is not None
        measured.stop()
        measured.save()
