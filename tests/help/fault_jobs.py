"""The cases of tests/cases/faults as jobs, and how they end when they run one after the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from miniature import files_of

from fieldguide.environments import prepare
from fieldguide.model import (
    Check,
    Contract,
    Defect,
    Job,
    Limits,
    Location,
    Lost,
    Reply,
    Result,
    Snippet,
    SnippetJob,
)
from fieldguide.results import of_snippets
from fieldguide.running import jobs
from fieldguide.running.pool import Pool
from fieldguide.running.sandbox import Mode, sandbox

CASES = Path(__file__).parents[1] / "cases/faults"


def case(name: str) -> SnippetJob:
    """A case with its own contract, or an honest snippet with the shared one."""
    folder = CASES / name
    files = files_of(folder) if folder.is_dir() else {"app.py": (CASES / f"{name}.py").read_bytes()}
    return job(name, files)


def job(name: str, files: Mapping[str, bytes]) -> SnippetJob:
    """A snippet of those files, held to the contract among them or to the shared one."""
    own = dict(files)
    source = own.pop("contract.py", (CASES / "contract.py").read_bytes()).decode("utf-8")
    at = Location(f"snippets/{name}/contract.py", 1)
    contract = Contract(name, (Check("test_it_answers_ok", "It answers.", at),), source, at)
    snippet = Snippet(f"{name}/python", name, "python", own, "app.py", at)
    return jobs.job(snippet, contract, prepare.bare(), Limits())


def results(order: Sequence[SnippetJob], mode: Mode, fork: bool = True) -> list[Result]:
    """What one engine makes of them, in the order in which they end."""
    ended: list[Result] = []

    def done(job: Job, reply: Reply | Lost | Defect) -> None:
        assert isinstance(job, SnippetJob)
        assert not isinstance(reply, Defect)
        ended.append(of_snippets.result(job, reply, ()))

    Pool({}, 1, sandbox(mode, fork), fork).run(list(order), done)
    return ended
