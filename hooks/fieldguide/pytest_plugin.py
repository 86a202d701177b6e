"""The same checks as pytest items, so that its selection, reports and editors work.

``pytest -k "routing and flask"`` runs one snippet's checks. What is selected is verified in one
go, when the first item runs.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from .model import Check, Location, Outcome, Result
from .problems import ProblemError, line
from .project import Project, collect

_PROJECT = pytest.StashKey[Project]()
_RESULTS = pytest.StashKey[dict[str, Result]]()
_CONTRACT = "contract.py"


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--fieldguide-server`` runs the snippets under their production servers."""
    group = parser.getgroup("fieldguide")
    group.addoption("--fieldguide-no-cache", action="store_true", help="run snippets afresh")
    group.addoption(
        "--fieldguide-server",
        action="store_true",
        help="run snippets under each page's production server",
    )


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """A contract in ``snippets/<concept>/`` stands for the snippets beside it."""
    if file_path.name != _CONTRACT or file_path.parent.parent.name != "snippets":
        return None
    root = file_path.parent.parent.parent
    if not (root / "pyproject.toml").is_file():
        return None
    return ContractFile.from_parent(parent, path=file_path)


class ContractFile(pytest.File):
    """One concept: its problems, and an item for each check of each snippet."""

    def collect(self) -> Iterator[pytest.Item]:
        """The items, in the order of the pages."""
        root = self.path.parent.parent.parent
        concept = self.path.parent.name
        project = self.session.stash.get(_PROJECT, None)
        if project is None or project.root != root:
            try:
                project = collect(root)
            except ProblemError as error:
                raise self.CollectError(str(error)) from None
            self.session.stash[_PROJECT] = project
        broken = [
            line(problem)
            for problem in project.problems
            if problem.location.path.startswith(f"snippets/{concept}/")
        ]
        if broken:
            raise self.CollectError("\n".join(broken))
        contract = project.contracts.get(concept)
        for snippet in project.snippets.values():
            if contract is not None and snippet.concept == concept:
                for check in contract.checks:
                    yield CheckItem.from_parent(
                        self, name=f"{snippet.id}::{check.name}", snippet=snippet.id, check=check
                    )


class CheckItem(pytest.Item):
    """One check of one snippet."""

    def __init__(self, *, snippet: str, check: Check, **options: object) -> None:
        super().__init__(**options)  # type: ignore[arg-type]
        self.snippet = snippet
        self.check = check
        for word in snippet.split("/"):
            self.extra_keyword_matches.add(word)

    def runtest(self) -> None:
        """Fail as the check did."""
        result = self._results()[self.snippet]
        if result.failure is not None:
            raise NotPassed(result.failure.location, result.failure.message)
        one = next(one for one in result.checks if one.check.name == self.check.name)
        if one.deviation is not None:
            if one.outcome is Outcome.PASSED:
                raise NotPassed(result.location, "declared as a deviation, and it passes")
            pytest.xfail(one.deviation)
        if one.failure is not None:
            raise NotPassed(one.failure.location, f'"{one.check.claim}": {one.failure.message}')

    def _results(self) -> dict[str, Result]:
        """Every selected snippet's result; the first item to ask has them verified."""
        if _RESULTS not in self.session.stash:
            from .verify import verify

            items = [item for item in self.session.items if isinstance(item, CheckItem)]
            report = verify(
                self.session.stash[_PROJECT].root,
                list(dict.fromkeys(item.snippet for item in items)),
                use_cache=not self.config.getoption("--fieldguide-no-cache"),
                server=self.config.getoption("--fieldguide-server"),
            )
            self.session.stash[_RESULTS] = {result.id: result for result in report.results}
        return self.session.stash[_RESULTS]

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException]) -> str:  # type: ignore[override]
        """The problem's line instead of our frames."""
        error = excinfo.value
        if isinstance(error, NotPassed):
            where = f"{error.location.path}:{error.location.line}"
            act = f"fieldguide explain {self.snippet}"
            return f"{where}: {self.snippet}: {error.message}. Next: {act}."
        return str(super().repr_failure(excinfo))

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """The check's place in its contract."""
        lineno = self.check.location.line
        return self.path, lineno - 1 if lineno else None, self.name


class NotPassed(Exception):  # noqa: N818  # an outcome, not a defect
    """A check that did not hold, with where to look."""

    def __init__(self, location: Location, message: str) -> None:
        super().__init__(message)
        self.location, self.message = location, message
