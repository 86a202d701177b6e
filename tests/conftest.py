"""What several tests share: miniature projects that run in environments made once."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import sharing

from fieldguide import cache, environments
from fieldguide.model import Outcome
from fieldguide.verify import verify

# Projects of their own, whose contracts are no tests of ours; and what the tests use.
collect_ignore = ["cases", "sites", "help"]

ROOT = Path(__file__).parent.parent
BASE = Path(__file__).parent / "cases" / "base"
FRAMEWORKS = ("flask", "bottle")
"""What the base project has; its locks and environments are those of the real project."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """One switch for every expectation on disk."""
    parser.addoption("--accept", action="store_true", help="write what came as what is expected")


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> sharing.ByGroup:
    """Tests stay together as ``sharing`` says, whatever ``--dist`` is."""
    config.option.loadscopereorder = False
    return sharing.ByGroup(config, log)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """In one of several processes, what takes longest comes first."""
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: sharing.order(item.nodeid))


@pytest.fixture(scope="session")
def made() -> dict[str, Path]:
    """The real project's environments, as folders by framework; made if they are not there."""
    found = {name: environments.prepare(ROOT, name) for name in FRAMEWORKS}
    return {name: environment.python.parent.parent for name, environment in found.items()}


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
        _stand_in(folder, root / environments.FOLDER / folder.name)


def _stand_in(real: Path, folder: Path) -> None:
    """A folder that serves as the environment ``real``; only its manifest is its own."""
    folder.mkdir(parents=True)
    for entry in real.iterdir():
        if entry.suffix == ".json":
            shutil.copyfile(entry, folder / entry.name)
        else:
            (folder / entry.name).symlink_to(entry)
