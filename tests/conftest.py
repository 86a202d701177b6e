"""What several tests share: miniature projects that run in environments made once, and the site."""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Generator
from pathlib import Path

import covering
import hypothesis
import pytest
import sharing

from fieldguide.commands.pytest_plugin import PROJECTS
from fieldguide.commands.verify.run import verify
from fieldguide.environments import prepare
from fieldguide.model import Outcome
from fieldguide.project.collect import collect
from fieldguide.project.record import Project
from fieldguide.results import cache

# Projects of their own, whose contracts are no tests of ours; and what the tests use.
collect_ignore = ["cases", "sites", "help"]

ROOT = Path(__file__).parent.parent
BASE = Path(__file__).parent / "cases" / "base"
FRAMEWORKS = ("flask", "bottle")
"""What the base project has; its locks and environments are those of the real project."""
FOLDERS = ("docs", "environments", "hooks", "probes", "snippets")
"""What the real project is verified and built from, beside the files at its top."""
QUIET = {
    "NO_MKDOCS_2_WARNING": "1",
    "DISABLE_MKDOCS_2_WARNING": "true",
    "SOURCE_DATE_EPOCH": "1700000000",
}
"""For a build: no advertisements, and the same date in every site."""
PATIENCE = 1800
"""Seconds after which a whole site will never be there; only a backstop, on a busy machine too."""


hypothesis.settings.register_profile("quick", max_examples=30)
"""Examples that a test of the quick run draws; in the whole run they are as many as a test says, or
100."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """One switch for every expectation on disk."""
    parser.addoption("--accept", action="store_true", help="write what came as what is expected")


def pytest_configure(config: pytest.Config) -> None:
    """The process that shares tests out to others times them; what runs tests may be measured."""
    if not hasattr(config, "workerinput") and config.getoption("numprocesses", None):
        config.pluginmanager.register(sharing.Timing(config))
    elif covering.begun():
        config.pluginmanager.register(covering.Kept())


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> sharing.ByGroup:
    """Tests stay together as ``sharing`` says, whatever ``--dist`` is."""
    config.option.loadscopereorder = False
    return sharing.ByGroup(config, log)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Thousands of tests stay to the end: nobody looks for garbage among them, now or later."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """In one of several processes, what takes longest comes first."""
    if hasattr(config, "workerinput"):
        seconds = config.workerinput.get(sharing.KEPT, {})
        items.sort(key=lambda item: sharing.order(item.nodeid, seconds))


@pytest.fixture(scope="session")
def collected(request: pytest.FixtureRequest) -> Project:
    """The real project, as its tree declares it. Reading it takes a second, so it is read once:
    where its snippets and fences are among the tests, that was when they were found."""
    known = request.session.stash.get(PROJECTS, {})
    return known[ROOT] if ROOT in known else collect(ROOT)


@pytest.fixture(scope="session")
def made() -> dict[str, Path]:
    """The real project's environments, as folders by framework; made if they are not there."""
    environments = {name: prepare.prepare(ROOT, name) for name in FRAMEWORKS}
    return {name: environment.python.parent.parent for name, environment in environments.items()}


@pytest.fixture(scope="session")
def proven(made: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the base project's snippets have proven, as a folder of kept results."""
    root = tmp_path_factory.mktemp("proven") / "project"
    _lay_out(root, made)
    report = verify(root)
    assert all(result.outcome is Outcome.PASSED for result in report.results)
    return root / cache.FOLDER


@pytest.fixture
def make_project(tmp_path: Path, made: dict[str, Path]) -> Callable[..., Path]:
    """A function that lays the base project out, with files from a folder over it.

    With ``proven``, what is as it was in the base project has passed already.
    """

    def make(
        overlay: Path | None = None, name: str = "project", proven: Path | None = None
    ) -> Path:
        root = tmp_path / name
        _lay_out(root, made)
        if overlay is not None:
            shutil.copytree(overlay, root, dirs_exist_ok=True)
        if proven is not None:
            shutil.copytree(proven, root / cache.FOLDER)
        return root

    return make


def _lay_out(root: Path, made: dict[str, Path]) -> None:
    """The base project, with those environments."""
    shutil.copytree(BASE, root)
    (root / "environments").mkdir()
    for framework, folder in made.items():
        lock = f"environments/{framework}.txt"
        shutil.copyfile(ROOT / lock, root / lock)
        _stand_in(folder, root / prepare.FOLDER / folder.name)


def _stand_in(real: Path, folder: Path) -> None:
    """A folder that serves as the environment ``real``; only its manifest is its own."""
    folder.mkdir(parents=True)
    for entry in real.iterdir():
        if entry.suffix == ".json":
            shutil.copyfile(entry, folder / entry.name)
        else:
            (folder / entry.name).symlink_to(entry)


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real project again, with the same environments and kept passes, and a report of its own.

    A run reads the report of the last one, adds to it and writes it. Two that do this at the same
    time in one folder lose results, so no test runs in the folder where everybody else works. The
    environments and the kept passes are made for several engines at once, so they are shared.
    """
    root = tmp_path_factory.mktemp("real")
    for folder in FOLDERS:
        unwanted = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / folder, root / folder, ignore=unwanted)
    for path in filter(Path.is_file, ROOT.iterdir()):
        shutil.copyfile(path, root / path.name)
    (root / ".fieldguide").mkdir()
    for name in ("environments", "cache"):
        (ROOT / ".fieldguide" / name).mkdir(parents=True, exist_ok=True)
        (root / ".fieldguide" / name).symlink_to(ROOT / ".fieldguide" / name)
    return root


@pytest.fixture(scope="session")
def build_site(real: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """A function that builds the real project's site, strictly, with a host.

    The first build of a session verifies the project, and all show what that proved: another
    process may prove the same snippets at the same time, with tokens and dates of its own. A host
    builds once. Whoever uses it belongs to the group ``the project``, so that of all processes of
    a run only one builds.
    """
    sites: dict[str, Path] = {}

    def build(host: str) -> Path:
        if host not in sites:
            folder = tmp_path_factory.mktemp(f"site-{host}")
            run = subprocess.run(
                [sys.executable, "-m", host, "build", "--strict", "--site-dir", str(folder)],
                cwd=real,
                env={**os.environ, **QUIET, "FIELDGUIDE_VERIFY": "0" if sites else "1"},
                capture_output=True,
                text=True,
                timeout=PATIENCE,
            )
            assert run.returncode == 0, run.stdout + run.stderr
            sites[host] = folder
        return sites[host]

    return build


@pytest.fixture(scope="session")
def built(build_site: Callable[[str], Path]) -> Path:
    """The folder of the real site, as MkDocs builds it."""
    return build_site("mkdocs")
