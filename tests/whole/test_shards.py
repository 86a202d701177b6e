"""Shards: every snippet and every problem in exactly one part, the same everywhere."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from itertools import chain
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from fieldguide.base.problems import ProblemError, line
from fieldguide.commands.cli.main import main
from fieldguide.commands.selection import Selection, Shard, part
from fieldguide.model import Location, Problem, Snippet

CASES = Path(__file__).parents[1] / "cases" / "bad_input"
WORDS = st.text("abcdefghijklmnopqrstuvwxyz0123456789-", min_size=1, max_size=12)
IDS = st.lists(st.tuples(WORDS, WORDS).map("/".join), unique=True, max_size=30)


def snippet(id: str) -> Snippet:
    concept, _, framework = id.partition("/")
    entry = Location(f"snippets/{id}/app.py", 1)
    return Snippet(id, concept, framework, {}, "app.py", entry)


def everything(ids: Iterable[str]) -> Selection:
    return Selection(tuple(snippet(id) for id in ids), ())


def shards(count: int) -> list[Shard]:
    return [Shard.parse(f"{number}/{count}") for number in range(1, count + 1)]


@given(IDS, st.integers(1, 9))
def test_each_snippet_is_in_one_part(ids: list[str], count: int) -> None:
    parts = [part(shard, everything(ids), [])[0].snippets for shard in shards(count)]
    assert sorted(one.id for one in chain(*parts)) == sorted(ids)
    # Each part keeps the order of the whole.
    assert all([one.id for one in p] == [i for i in ids if snippet(i) in p] for p in parts)


@given(IDS, IDS, st.integers(1, 9))
def test_who_holds_a_snippet_depends_on_its_id_alone(
    ids: list[str], others: list[str], count: int
) -> None:
    for shard in shards(count):
        alone = {id for id in ids if shard.holds(id)}
        among = part(shard, everything(dict.fromkeys([*others, *ids])), [])[0].snippets
        assert alone == {one.id for one in among} & set(ids)


def test_the_parts_are_the_same_in_every_version() -> None:
    ids = ["routing/flask", "routing/django", "templates/flask", "request-response/webpy"]
    held = [next(shard.number for shard in shards(4) if shard.holds(id)) for id in ids]
    assert held == [1, 1, 4, 3]


@given(IDS, st.integers(1, 9), st.data())
def test_each_problem_is_told(ids: list[str], count: int, data: st.DataObject) -> None:
    concepts = sorted({id.partition("/")[0] for id in ids} | {"none"})
    places = [
        *(f"snippets/{id}/app.py" for id in ids),
        *(f"snippets/{id}" for id in ids),
        *(f"snippets/{concept}/contract.py" for concept in concepts),
        *(f"snippets/{concept}/unknown/app.py" for concept in concepts),
        *("pyproject.toml", "docs/concepts/routing.md", "snippets/README", "snippets"),
    ]
    chosen = data.draw(st.lists(st.sampled_from(places), unique=True))
    found = [Problem(Location(path, 1), f"about {path}", "act") for path in chosen]
    told = {s: part(s, everything(ids), found) for s in shards(count)}
    for problem in found:
        tellers = [shard.number for shard, (_, problems) in told.items() if problem in problems]
        path = problem.location.path
        assert tellers, "a problem is lost"
        owners = [id for id in ids if f"{path}/".startswith(f"snippets/{id}/")]
        if owners:
            assert tellers == [s.number for s in told if s.holds(owners[0])]
        elif path.endswith("contract.py"):
            concept = path.split("/")[1]
            having = {
                s.number
                for s, (own, _) in told.items()
                if concept in {o.concept for o in own.snippets}
            }
            assert set(tellers) == having | {1}
        else:
            assert tellers == [1]


@pytest.mark.parametrize(
    "text",
    ["", "1", "1/", "/4", "0/4", "5/4", "1/0", "0/0", "-1/4", "1/-4", "1/4/2", "a/b", "1.5/4",
     " 1/4", "1/4\n", "٣/4", "1/4000000000", "+1/4", "1 / 4"],
)  # fmt: skip
def test_what_is_no_shard(text: str) -> None:
    with pytest.raises(ProblemError) as raised:
        Shard.parse(text)
    (problem,) = raised.value.problems
    assert line(problem) == (
        f"--shard {text}: a part is written NUMBER/COUNT, and NUMBER is counted from 1 to COUNT. "
        "Next: write --shard 1/4 for the first of four."
    ).replace("\n", " ")


# The command


@pytest.fixture
def project(make_project: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """The base project, as the current directory."""
    root = make_project()
    monkeypatch.chdir(root)
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    return root


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, list(arguments))
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def ids(root: Path, *arguments: str) -> list[str]:
    file = root / "out.json"
    result = run("verify", "--json", str(file), *arguments)
    assert result.exit_code == 0, result.output
    return [one["id"] for one in json.loads(file.read_text("utf-8"))["results"]]


def test_the_shards_of_a_project_are_the_whole_of_it(project: Path) -> None:
    parts = [ids(project, "--shard", f"{number}/3") for number in (1, 2, 3)]
    assert sorted(chain(*parts)) == ["greeting/bottle", "greeting/flask"]
    assert ids(project, "--shard", "1/1") == ["greeting/flask", "greeting/bottle"]


def test_a_shard_of_a_selection(project: Path) -> None:
    parts = [ids(project, "--shard", f"{number}/2", "flask") for number in (1, 2)]
    assert sorted(map(len, parts)) == [0, 1]


def test_a_part_without_a_snippet_is_no_failure(project: Path) -> None:
    sizes = [len(ids(project, "--shard", f"{number}/40")) for number in (1, 2, 3, 4)]
    assert 0 in sizes


@pytest.mark.parametrize("bad", ["5/4", "0/4", "one", ""])
def test_a_bad_shard_is_a_usage_problem(project: Path, bad: str) -> None:
    result = run("verify", "--shard", bad)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"--shard {bad}: a part is written NUMBER/COUNT")
    assert not (project / ".fieldguide/results.json").exists(), "something has run"


def test_a_broken_snippet_fails_its_own_shard_only(make_project: Callable[..., Path]) -> None:
    root = make_project(CASES / "snippet-answers-wrongly")
    results = [run("--root", str(root), "verify", "--shard", f"{n}/2") for n in (1, 2)]
    (whole,) = [
        one for one in run("--root", str(root), "verify").stdout.splitlines() if ".py:" in one
    ]
    told = [one for result in results for one in result.stdout.splitlines() if ".py:" in one]
    assert told == [whole]
    if len({Shard.parse("1/2").holds(i) for i in ("greeting/flask", "greeting/bottle")}) == 2:
        assert sorted(result.exit_code for result in results) == [0, 1]


def test_caches_merge_by_copying_files(make_project: Callable[..., Path]) -> None:
    roots = [make_project(name=f"machine-{number}") for number in (1, 2)]
    together = make_project(name="together")
    (together / ".fieldguide/cache").mkdir()
    for number, root in enumerate(roots, start=1):
        run("--root", str(root), "verify", "--shard", f"{number}/2")
        for file in (root / ".fieldguide").glob("cache/*.jsonl"):
            (together / ".fieldguide/cache" / file.name).write_bytes(file.read_bytes())
    assert "2 from the cache" in run("--root", str(together), "verify").stdout


def test_hashes_of_another_process_are_the_same() -> None:
    code = (
        "from fieldguide.commands.selection import Shard; print(Shard(1, 7).holds('routing/flask'))"
    )
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.strip() == str(Shard(1, 7).holds("routing/flask"))
