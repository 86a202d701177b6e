"""Contracts are held against broken apps: a check counts only if it can fail.

The breaks are tables in ``cases/broken/<concept>.toml``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from miniature import FRAMEWORKS, ROOT, SNIPPETS, by_id, cheap, files_of, miniature

from fieldguide.base.problems import line
from fieldguide.commands.verify.run import verify
from fieldguide.model import Outcome, Result
from fieldguide.project.collect import collect
from fieldguide.results.result_problems import problems_of

BROKEN = ROOT / "tests" / "cases" / "broken"
CAUSE = "# cause"
KINDS = {"wrong-status", "wrong-body", "wrong-type", "route-missing", "exception"}
"""The ways in which every broken app is broken at least."""


@dataclass(frozen=True)
class Break:
    concept: str
    framework: str
    slug: str
    old: str
    new: str
    caught_by: tuple[str, ...]
    file: str = "app.py"

    @property
    def id(self) -> str:
        """Of the broken copy: a concept of its own, so that all copies are in one project."""
        return f"{self.concept}-{self.framework}-{self.slug}/{self.framework}"

    def files(self) -> dict[str, bytes]:
        """The copy's files and its contract, the replacement made."""
        files = files_of(SNIPPETS / self.concept / self.framework)
        text = files[self.file].decode("utf-8")
        assert text.count(self.old) == 1, f"{self.id}: {self.old!r} stands {text.count(self.old)}x"
        assert self.old != self.new
        files[self.file] = text.replace(self.old, self.new).encode("utf-8")
        files["app.py"] = cheap(files["app.py"])
        contract = (SNIPPETS / self.concept / "contract.py").read_bytes()
        copy = {f"{self.id}/{name}": content for name, content in files.items()}
        return {f"{self.id.partition('/')[0]}/contract.py": contract, **copy}

    def cause(self) -> int | None:
        """The line that raises, where the break marks it."""
        lines = self.files()[f"{self.id}/app.py"].decode("utf-8").splitlines()
        marked = [n for n, text in enumerate(lines, 1) if text.endswith(CAUSE)]
        return marked[0] if marked else None


def breaks() -> list[Break]:
    found = []
    for path in sorted(BROKEN.glob("*.toml")):
        for framework, cases in tomllib.loads(path.read_text("utf-8")).items():
            for slug, case in cases.items():
                caught_by = tuple(case.pop("caught_by"))
                found.append(Break(path.stem, framework, slug, caught_by=caught_by, **case))
    return sorted(found, key=lambda one: FRAMEWORKS.index(one.framework))


BREAKS = breaks()
CONTRACTS = collect(ROOT).contracts


@pytest.fixture(scope="module")
def results(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[Break], Result]:
    """Gives a broken copy's result. All of a framework's copies that selected tests ask for are
    one verification, once the first is asked for."""
    functions = [item for item in request.session.items if isinstance(item, pytest.Function)]
    asked = [item.callspec.params.get("one") for item in functions if hasattr(item, "callspec")]
    known: dict[str, dict[str, Result]] = {}

    def result(one: Break) -> Result:
        if one.framework not in known:
            breaks = [b for b in asked if isinstance(b, Break) and b.framework == one.framework]
            files = {name: content for b in breaks for name, content in b.files().items()}
            folder = tmp_path_factory.mktemp(f"broken-{one.framework}") / "project"
            known[one.framework] = by_id(verify(miniature(folder, [one.framework], files)))
        return known[one.framework][one.id]

    return result


@pytest.mark.parametrize("one", BREAKS, ids=lambda one: one.id)
def test_a_broken_app_is_caught(one: Break, results: Callable[[Break], Result]) -> None:
    result = results(one)
    if result.outcome is Outcome.SKIPPED:
        pytest.skip(result.reason)
    failed = [check for check in result.checks if check.outcome is not Outcome.PASSED]
    assert result.failure is None, result.reason  # it runs: it is the contract that catches it
    assert result.outcome in (Outcome.FAILED, Outcome.ERRORED)
    assert set(one.caught_by) <= {check.check.name for check in failed}
    assert len(result.checks) == len(CONTRACTS[one.concept].checks)
    problems = list(problems_of(result))
    assert len(problems) == len([check for check in failed if check.deviation is None])
    for problem in problems:
        assert problem.location.path.startswith(f"snippets/{one.id}/")
        assert problem.location.line is not None
        assert line(problem).startswith(f"{problem.location.path}:{problem.location.line}: ")
    if (cause := one.cause()) is not None:
        places = {
            check.check.name: check.failure.location.line for check in failed if check.failure
        }
        assert {places[name] for name in one.caught_by} == {cause}


@pytest.mark.parametrize(
    ("concept", "framework"), sorted({(one.concept, one.framework) for one in BREAKS})
)
def test_an_app_is_broken_in_every_way(concept: str, framework: str) -> None:
    slugs = {one.slug for one in BREAKS if (one.concept, one.framework) == (concept, framework)}
    assert slugs >= KINDS


def test_every_framework_and_every_concept_is_broken() -> None:
    assert {one.framework for one in BREAKS} == set(FRAMEWORKS)
    assert {one.concept for one in BREAKS} == set(CONTRACTS)


@pytest.mark.parametrize("concept", sorted(CONTRACTS))
def test_every_check_catches_a_break(concept: str) -> None:
    counted = {name for one in BREAKS if one.concept == concept for name in one.caught_by}
    assert {check.name for check in CONTRACTS[concept].checks} - counted == set()
