"""The plugin of pytest: the checks as its items, so that its selection and its reports work.

``pytest -k "routing and flask"`` runs one snippet's checks. What is selected is verified in one
go, when the first item runs.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ..base import paths
from ..base.problems import ProblemError, line
from ..model import Check, Outcome, Problem, Report, Result
from ..pages.groups import checks as checks_of
from ..project.collect import collect
from ..project.record import Project
from .gate.pytest_hooks import (
    published,
    pytest_collect_directory,
    pytest_load_initial_conftests,
)
from .problems import NOT_REACHED

__all__ = ["pytest_collect_directory", "pytest_load_initial_conftests"]
"""Hooks of the gate, which pytest finds here."""

PROJECTS = pytest.StashKey[dict[Path, Project]]()
"""A session's projects, as its collectors found them, by folder."""
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


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collect_file(
    file_path: Path, parent: pytest.Collector
) -> Generator[None, list[pytest.Collector], list[pytest.Collector]]:
    """A contract in ``snippets/<concept>/`` stands for the snippets beside it, a page in ``docs/``
    for its fences. Nobody else makes items of what lies there, not even of a file that is named."""
    others = yield
    root = paths.find_root(file_path.parent)
    if root is None or not published(root, file_path):
        return others
    match file_path.relative_to(root).parts:
        case ("docs", *_) if file_path.suffix == ".md":
            return [PageFile.from_parent(parent, path=file_path, root=root)]
        case ("snippets", _, name) if name == _CONTRACT:
            return [ContractFile.from_parent(parent, path=file_path, root=root)]
    return []


class VerifiedFile(pytest.File):
    """A file of a project: an item for each of its problems, and for each check that it holds."""

    def __init__(self, *, root: Path, **options: object) -> None:
        super().__init__(**options)  # type: ignore[arg-type]
        self.root = root
        """The project's folder."""

    def _broken(self, within: str) -> Iterator[ProblemItem]:
        """An item for each problem of a file or a folder."""
        broken = [p for p in self._project().problems if f"{p.location.path}/".startswith(within)]
        for number, problem in enumerate(broken, start=1):
            yield ProblemItem.from_parent(self, name=f"problem-{number}", problem=problem)

    def results(self) -> dict[str, Result]:
        """Every selected snippet's result; the first item to ask has them verified."""
        known = self.session.stash.setdefault(_RESULTS, {})
        if self.root not in known:
            from .verify.options import VerifyOptions
            from .verify.run import verify

            items = [item for item in self.session.items if isinstance(item, CheckItem)]
            report = verify(
                self.root,
                list(dict.fromkeys(item.snippet for item in items if item.file.root == self.root)),
                VerifyOptions(
                    use_cache=not self.config.getoption("--fieldguide-no-cache"),
                    server=self.config.getoption("--fieldguide-server"),
                ),
            )
            known[self.root] = {result.id: result for result in report.results}
            self._tell(report)
        return known[self.root]

    def _tell(self, report: Report) -> None:
        """An item after all others that fails by what the run met besides its results."""
        from .reports.untold import untold

        shown = set(self._project().problems)
        met = [problem for problem in untold(report) if problem not in shown]
        if met and hasattr(self.config, "workerinput"):
            raise NotPassed(*met)  # a worker of xdist runs only the items that all workers know
        if met:
            self.session.items.append(RunItem.from_parent(self.session, name="run", problems=met))

    def _project(self) -> Project:
        known = self.session.stash.setdefault(PROJECTS, {})
        if self.root not in known:
            try:
                known[self.root] = collect(self.root)
            except ProblemError as error:
                raise self.CollectError(str(error)) from None
        return known[self.root]


class ContractFile(VerifiedFile):
    """One concept."""

    def collect(self) -> Iterator[pytest.Item | pytest.Collector]:
        """The problems, then the snippets in the order of the pages."""
        concept = self.path.parent.name
        project, broken = self._project(), list(self._broken(f"snippets/{concept}/"))
        contract = project.contracts.get(concept)
        if contract is None:
            raise self.CollectError("\n".join(line(item.problem) for item in broken))
        yield from broken
        for snippet in project.snippets.values():
            if snippet.concept == concept:
                yield Checks.from_parent(self, name=snippet.id, checks=contract.checks)


class PageFile(VerifiedFile):
    """One page."""

    def collect(self) -> Iterator[pytest.Item | pytest.Collector]:
        """The problems, then the groups of fences in the order of the page."""
        page = self.path.relative_to(self.root).as_posix()
        yield from self._broken(f"{page}/")
        for group in self._project().groups.values():
            if group.page == page:
                yield Checks.from_parent(self, name=group.id, checks=checks_of(group))


class Checks(pytest.Collector):
    """One snippet, or one group of fences: an item for each check."""

    def __init__(self, *, checks: tuple[Check, ...], **options: object) -> None:
        super().__init__(**options)  # type: ignore[arg-type]
        self.checks = checks

    def collect(self) -> Iterator[pytest.Item]:
        """The items, in their order."""
        for check in self.checks:
            yield CheckItem.from_parent(self, name=check.name, check=check)


class TellingItem(pytest.Item):
    """An item that fails in words of problems."""

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException]) -> str:  # type: ignore[override]
        """The problems' lines instead of our frames."""
        if isinstance(excinfo.value, NotPassed | ProblemError):
            return str(excinfo.value)
        return str(super().repr_failure(excinfo))  # an error of ours


class ProblemItem(TellingItem):
    """Something in a concept's folder that has to be put right before it can be verified."""

    def __init__(self, *, problem: Problem, **options: object) -> None:
        super().__init__(**options)  # type: ignore[arg-type]
        self.problem = problem

    def runtest(self) -> None:
        """Fail with it."""
        raise NotPassed(self.problem)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """The problem's place."""
        lineno = self.problem.location.line
        return self.path, lineno - 1 if lineno else None, self.name


class CheckItem(TellingItem):
    """One check of one snippet."""

    def __init__(self, *, check: Check, **options: object) -> None:
        super().__init__(**options)  # type: ignore[arg-type]
        assert isinstance(self.parent, Checks)
        assert isinstance(self.parent.parent, VerifiedFile)
        self.file: VerifiedFile = self.parent.parent
        self.snippet = self.parent.name
        """The id of what it is a check of."""
        self.check = check
        self.extra_keyword_matches.update(self.snippet.split("/"))

    def runtest(self) -> None:
        """Fail as the check did."""
        from ..results.problems import ends_badly, no_result
        from ..results.result_problems import problems_of

        result = self.file.results().get(self.snippet)
        if result is None:
            raise NotPassed(no_result(self.check.location, self.snippet))
        if result.outcome is Outcome.SKIPPED:
            pytest.skip(result.reason)
        own = tuple(check for check in result.checks if check.check.name == self.check.name)
        if own and own[0].deviates:
            pytest.xfail(own[0].deviation or "")
        if own and own[0].outcome is Outcome.SKIPPED:
            pytest.skip(own[0].left_out or NOT_REACHED)
        for problem in problems_of(replace(result, checks=own)):
            raise NotPassed(problem)
        if not own:
            raise NotPassed(no_result(self.check.location, f"{self.snippet} {self.check.name}"))
        if own[0].outcome is not Outcome.PASSED:
            raise NotPassed(ends_badly(self.check.location, self.snippet, own[0].outcome))

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """The check's place in its contract."""
        lineno = self.check.location.line
        return self.path, lineno - 1 if lineno else None, self.name


class RunItem(TellingItem):
    """The run as a whole, where it failed by what belongs to no snippet and to no page."""

    def __init__(self, *, problems: list[Problem], **options: object) -> None:
        super().__init__(**options)  # type: ignore[arg-type]
        self.problems = problems

    def runtest(self) -> None:
        """Fail with all of them."""
        raise NotPassed(*self.problems)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """No place: it is about the run."""
        return self.path, None, "fieldguide: the run itself"


class NotPassed(Exception):  # noqa: N818  # an outcome, not a defect
    """What did not hold, as the problems it is."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(map(line, problems)))
