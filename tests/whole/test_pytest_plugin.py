"""The checks as pytest items, in miniature projects and pytest runs of their own."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_runs import run, summary

CASES = Path(__file__).parents[1] / "cases" / "bad_input"
CONTRACT = "snippets/greeting/contract.py"


def test_an_item_a_check_selected_by_words(make_project: Callable[..., Path]) -> None:
    root = make_project()
    done = run(root, "--collect-only", "-q", "-k", "greeting and flask")
    assert done.stdout.splitlines()[:2] == [
        f"{CONTRACT}::greeting/flask::test_greets_by_name",
        f"{CONTRACT}::greeting/flask::test_an_unknown_path_is_404",
    ]
    assert "2/4 tests collected" in done.stdout

    done = run(root, "-q", f"{CONTRACT}::greeting/flask::test_greets_by_name")
    assert (done.returncode, summary(done)) == (0, "1 passed")
    # What is not selected is not run.
    results = (root / ".fieldguide/results.json").read_text("utf-8")
    assert '"greeting/flask"' in results
    assert '"greeting/bottle"' not in results


def test_a_failing_check_fails_at_its_place(make_project: Callable[..., Path]) -> None:
    done = run(make_project(CASES / "snippet-raises-in-a-handler"), "-q")
    assert (done.returncode, summary(done)) == (1, "1 failed, 3 passed")
    assert (
        'snippets/greeting/flask/app.py:9: greeting/flask: "`GET /hello/Ada` says hello to Ada": '
        "expected 200, got 500; app.py:9 raised LookupError: Ada "
        "(snippets/greeting/contract.py:7). Next: fieldguide explain greeting/flask."
    ) in done.stdout


def test_every_check_of_a_broken_snippet_fails(make_project: Callable[..., Path]) -> None:
    done = run(make_project(CASES / "snippet-raises-at-import"), "-q")
    assert (done.returncode, summary(done)) == (1, "2 failed, 2 passed")
    assert "snippets/greeting/flask/app.py:3: greeting/flask: it raises while it is" in done.stdout


def test_a_deviation_is_an_expected_failure(make_project: Callable[..., Path]) -> None:
    done = run(make_project(CASES / "deviation-that-holds"), "-q", "-rx")
    assert (done.returncode, summary(done)) == (0, "3 passed, 1 xfailed")
    assert "Bottle says hullo." in done.stdout


def test_a_needless_deviation_fails(make_project: Callable[..., Path]) -> None:
    done = run(make_project(CASES / "deviation-that-passes"), "-q")
    assert (done.returncode, summary(done)) == (1, "1 failed, 3 passed")
    assert "deviations.toml:3: greeting/flask passes test_greets_by_name" in done.stdout


def test_a_contract_with_a_problem_is_a_collection_error(make_project: Callable[..., Path]) -> None:
    done = run(make_project(CASES / "contract-syntax-error"), "-q")
    assert done.returncode == 2
    assert f"{CONTRACT}:8: the contract has a syntax error: " in done.stdout


def test_a_project_with_a_problem_is_a_collection_error(make_project: Callable[..., Path]) -> None:
    done = run(make_project(CASES / "framework-with-missing-key"), "-q")
    assert done.returncode == 2
    assert "pyproject.toml:5: the framework flask has no" in done.stdout


def test_a_snippet_with_a_problem_leaves_the_rest_as_it_is(
    make_project: Callable[..., Path],
) -> None:
    done = run(make_project(CASES / "unknown-framework"), "-q")
    assert (done.returncode, summary(done)) == (1, "2 failed, 4 passed")
    assert 'snippets/greeting/flaks: unknown framework "flaks"' in done.stdout


def test_an_environment_that_cannot_be_made(make_project: Callable[..., Path]) -> None:
    root = make_project()
    (root / "environments/flask.txt").unlink()
    done = run(root, "-q")
    assert (done.returncode, summary(done)) == (1, "2 failed, 2 passed")
    assert "no environment: the environment flask has no lock. Next: fieldguide lock" in done.stdout


LOSING = """
from dataclasses import replace

from fieldguide.commands.verify import run

verify = run.verify


def losing(*arguments, **options):
    report = verify(*arguments, **options)
    first, *others = report.results
    return replace(report, results=tuple([{left}, *others]))


run.verify = losing
"""


@pytest.mark.parametrize(
    "left", ["others.pop()", "replace(first, checks=())", "replace(first, checks=first.checks[:1])"]
)
def test_an_item_without_a_result_fails(make_project: Callable[..., Path], left: str) -> None:
    root = make_project()
    (root / "conftest.py").write_text(LOSING.format(left=left), "utf-8")
    done = run(root, "-q")
    count = 1 if left.endswith("[:1])") else 2
    assert (done.returncode, summary(done)) == (1, f"{count} failed, {4 - count} passed")
    assert "the run ended without a result of it" in done.stdout


BREAKING = """
from fieldguide.commands.progress.protocol import Progress


def start(self, snippets, groups):
    raise ZeroDivisionError("injected")


Progress.start = start
"""


@pytest.mark.parametrize("workers", [(), ("-n", "2")])
def test_what_breaks_the_run_and_no_snippet_fails_it_too(
    make_project: Callable[..., Path], workers: tuple[str, ...]
) -> None:
    root = make_project()
    (root / "conftest.py").write_text(BREAKING, "utf-8")
    done = run(root, "-q", *workers)
    told = done.stdout.count("the engine itself broke: ZeroDivisionError: injected (")
    assert done.returncode == 1
    assert told >= 1
    if not workers:
        assert summary(done) == "1 failed, 4 passed"
        assert "fieldguide: the run itself" in done.stdout


def test_workers_of_xdist_share_the_items(make_project: Callable[..., Path]) -> None:
    root = make_project(CASES / "snippet-answers-wrongly")
    done = run(root, "-q", "-n", "2")
    assert (done.returncode, summary(done)) == (1, "1 failed, 3 passed")


def test_two_projects_in_one_run(make_project: Callable[..., Path], tmp_path: Path) -> None:
    whole = make_project(name="one")
    broken = make_project(CASES / "snippet-answers-wrongly", name="two")
    done = run(tmp_path, "-q", str(whole), str(broken))
    assert (done.returncode, summary(done)) == (1, "1 failed, 7 passed")


def test_a_contract_outside_of_a_project_is_no_test(tmp_path: Path) -> None:
    (tmp_path / "snippets/greeting").mkdir(parents=True)
    shutil.copyfile(CASES.parent / "base" / CONTRACT, tmp_path / CONTRACT)
    assert run(tmp_path, "-q").returncode == 5
