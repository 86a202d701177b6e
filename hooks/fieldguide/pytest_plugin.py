"""The same checks as pytest items, so that its selection, reports and editors work.

``pytest -k "routing and flask"`` runs one snippet's checks. What is selected is verified in one
go, when the first item runs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from .model import Check, Contract, Outcome, Problem, Result
from .problems import ProblemError, line
from .project import Project, collect

_PROJECTS = pytest.StashKey[dict[Path, Project]]()
_RESULTS = pytest.StashKey[dict[Path, dict[str, Result]]]()
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
    """One concept: an item for each of its problems, and for each check of each snippet."""

    @property
    def root(self) -> Path:
        """The project's folder."""
        return self.path.parent.parent.parent

    def collect(self) -> Iterator[pytest.Item | pytest.Collector]:
        """The problems, then the snippets in the order of the pages."""
        concept = self.path.parent.name
        project = self._project()
        broken = [
            problem
            for problem in project.problems
            if f"{problem.location.path}/".startswith(f"snippets/{concept}/")
        ]
        contract = project.contracts.get(concept)
        if contract is None:
            raise self.CollectError("\n".join(line(problem) for problem in broken))
        for number, problem in enumerate(broken, start=1):
            yield ProblemItem.from_parent(self, name=f"problem-{number}", problem=problem)
        for snippet in project.snippets.values():
            if snippet.concept == concept:
                yield SnippetChecks.from_parent(self, name=snippet.id, contract=contract)

    def results(self) -> dict[str, Result]:
        """Every selected snippet's result; the first item to ask has them verified."""
        known = self.session.stash.setdefault(_RESULTS, {})
        if self.root not in known:
            from .verify import verify

            items = [one for one in self.session.items if isinstance(one, CheckItem)]
            report = verify(
                self.root,
                list(dict.fromkeys(one.snippet for one in items if one.file.root == self.root)),
                use_cache=not self.config.getoption("--fieldguide-no-cache"),
                server=self.config.getoption("--fieldguide-server"),
            )
            known[self.root] = {result.id: result for result in report.results}
        return known[self.root]

    def _project(self) -> Project:
        known = self.session.stash.setdefault(_PROJECTS, {})
        if self.root not in known:
            try:
                known[self.root] = collect(self.root)
            except ProblemError as error:
                raise self.CollectError(str(error)) from None
        return known[self.root]


class SnippetChecks(pytest.Collector):
    """One snippet: an item for each check."""

    def __init__(self, *, contract: Contract, **options: object) -> None:
        super().__init__(**options)  # type: ignore[arg-type]
        self.contract = contract

    def collect(self) -> Iterator[pytest.Item]:
        """The items, in the order of the contract."""
        for check in self.contract.checks:
            yield CheckItem.from_parent(self, name=check.name, check=check)


class ProblemItem(pytest.Item):
    """Something in a concept's folder that has to be put right before it can be verified."""

    def __init__(self, *, problem: Problem, **options: object) -> None:
        super().__init__(**options)  # type: ignore[arg-type]
        self.problem = problem

    def runtest(self) -> None:
        """Fail with it."""
        raise NotPassed(self.problem)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException]) -> str:  # type: ignore[override]
        """The problem's line instead of our frames."""
        return _repr_failure(excinfo) or str(super().repr_failure(excinfo))

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """The problem's place."""
        lineno = self.problem.location.line
        return self.path, lineno - 1 if lineno else None, self.name


class CheckItem(pytest.Item):
    """One check of one snippet."""

    def __init__(self, *, check: Check, **options: object) -> None:
        super().__init__(**options)  # type: ignore[arg-type]
        assert isinstance(self.parent, SnippetChecks)
        assert isinstance(self.parent.parent, ContractFile)
        self.file: ContractFile = self.parent.parent
        self.snippet = self.parent.name
        self.check = check
        self.extra_keyword_matches.update(self.snippet.split("/"))

    def runtest(self) -> None:
        """Fail as the check did."""
        from .verdicts import problems_of

        result = self.file.results()[self.snippet]
        own = tuple(one for one in result.checks if one.check.name == self.check.name)
        if own and own[0].deviation is not None and own[0].outcome is not Outcome.PASSED:
            pytest.xfail(own[0].deviation)
        for problem in problems_of(replace(result, checks=own)):
            raise NotPassed(problem)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException]) -> str:  # type: ignore[override]
        """The problem's line instead of our frames."""
        return _repr_failure(excinfo) or str(super().repr_failure(excinfo))

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """The check's place in its contract."""
        lineno = self.check.location.line
        return self.path, lineno - 1 if lineno else None, self.name


class NotPassed(Exception):  # noqa: N818  # an outcome, not a defect
    """What did not hold, as the problem it is."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(line(problem))


def _repr_failure(excinfo: pytest.ExceptionInfo[BaseException]) -> str:
    """The problem in one line; nothing where it is an error of ours."""
    return str(excinfo.value) if isinstance(excinfo.value, NotPassed | ProblemError) else ""
