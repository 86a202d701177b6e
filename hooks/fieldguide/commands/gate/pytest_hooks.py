"""What pytest is told before it looks for code: a closed gate, and folders that are no packages."""

from __future__ import annotations

from pathlib import Path

import pytest

from ...base import paths, toml
from ...base.problems import ProblemError
from ...pages.includable import PUBLISHED
from . import gate


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config, args: list[str]) -> None:
    """Refuse a tree with code that pytest would run, before pytest looks for any."""
    here = early_config.invocation_params.dir
    named = (here / arg.partition("::")[0] for arg in args if not arg.startswith("-"))
    for root in dict.fromkeys(map(_project, (here, early_config.rootpath, *named))):
        if root is None:
            continue
        try:
            gate.hold(root)
        except ProblemError as error:
            raise pytest.UsageError(*str(error).splitlines()) from None


@pytest.hookimpl(tryfirst=True)
def pytest_collect_directory(path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """A folder of pages or snippets is never a package, whose code pytest would import."""
    root = paths.find_root(path.parent)
    return pytest.Dir.from_parent(parent, path=path) if root and published(root, path) else None


def published(root: Path, path: Path) -> bool:
    """Whether the path is of pages, snippets or probes."""
    return path.relative_to(root).parts[:1] in {(folder,) for folder in PUBLISHED}


def _project(start: Path) -> Path | None:
    """The project around a path, even where its snippets are gone; None where there is none."""
    for folder in (start, *start.parents):
        try:
            settings = (folder / toml.PROJECT).read_bytes()
        except OSError:
            continue
        if (folder / "snippets").is_dir() or b"[tool.fieldguide" in settings:
            return folder
    return None
