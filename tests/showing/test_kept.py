"""What is kept between pages: read once, read again when a file changes, owned by its build."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import SimpleNamespace

import pytest
from markdown import Markdown
from proven_site import convert
from samples import store

from fieldguide.pages import directives
from fieldguide.project.collect import collect
from fieldguide.project.record import Project
from fieldguide.showing import kept
from fieldguide.showing.directives import views
from fieldguide.showing.kept import Kept

SITE = Path(__file__).parents[1] / "sites" / "proven"

HOOK = Path(__file__).parents[2] / "hooks" / "mkdocs_hook.py"


@pytest.fixture
def root(root: Path) -> Path:
    """The miniature site, with results."""
    store(root)
    return root


def test_evidence_is_kept_while_its_files_are_the_same(root: Path) -> None:
    known = Kept(root)
    first = known.evidence()
    assert known.evidence() is known.evidence("routing") is first
    assert known.evidence(page="docs/concepts/routing.md") is first
    (root / "snippets/routing/flask/app.py").write_text("app = 1\n", "utf-8")
    assert known.evidence(page="docs/concepts/routing.md") is first  # it looks at its page only
    second = known.evidence("routing")
    assert second is not first
    assert second.project.snippets["routing/flask"].files["app.py"] == b"app = 1\n"


def test_reading_lists_are_kept_while_their_files_are_the_same(root: Path) -> None:
    known = Kept(root)
    first = known.shelf(known.evidence())
    assert known.shelf(known.evidence()) is first
    (root / "docs/reading").mkdir(exist_ok=True)
    (root / "docs/reading/paths.yml").write_text("[]\n", "utf-8")
    assert known.shelf(known.evidence()) is not first


def test_reading_lists_are_those_of_the_project_that_is_asked_for(root: Path) -> None:
    known = Kept(root)
    first = known.shelf(known.evidence())
    (root / "snippets/routing/flask/app.py").write_text("app = 1\n", "utf-8")
    assert known.shelf(known.evidence()) is not first


def test_the_extension_takes_what_it_is_handed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(root: Path) -> Kept:
        raise AssertionError("the module's own was asked for")

    monkeypatch.setattr(kept, "of", refuse)
    known = Kept(root)
    configs = {"fieldguide": {"root": str(root), "kept": known}}
    pages = [
        Markdown(extensions=["fieldguide"], extension_configs=configs).convert(text)
        for text in ("::: totals", "::: snippet routing/flask")
    ]
    assert "fg-totals" in pages[0]
    assert "fg-proof--passed" in pages[1]


def test_the_hook_makes_one_a_build_and_hands_it_down(root: Path) -> None:
    spec = importlib.util.spec_from_file_location("mkdocs_hook", HOOK)
    assert spec is not None
    assert spec.loader is not None
    hook = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(hook)
    builds = [
        SimpleNamespace(mdx_configs={}, config_file_path=str(root / "mkdocs.yml")) for _ in "ab"
    ]
    for config in builds:
        hook.on_config(config)
    first, second = (config.mdx_configs["fieldguide"]["kept"] for config in builds)
    assert isinstance(first, Kept)
    assert first.root == root.resolve()
    assert first is not second
    configs = {"fieldguide": builds[0].mdx_configs["fieldguide"]}
    html = Markdown(extensions=["fieldguide"], extension_configs=configs).convert("::: totals")
    assert "fg-totals" in html
    assert first.evidence() is first.evidence()


def test_a_host_that_hands_nothing_down_has_one_a_root(root: Path) -> None:
    assert kept.of(root) is kept.of(root)
    assert kept.of(root) is not kept.of(root.parent)


def load_directives() -> None:
    """Run the module's source once more, beside the one that is loaded."""
    spec = importlib.util.spec_from_file_location(views.__name__, views.__file__)
    assert spec is not None
    assert spec.loader is not None
    spec.loader.exec_module(importlib.util.module_from_spec(spec))


def test_a_directive_without_a_view_does_not_load(monkeypatch: pytest.MonkeyPatch) -> None:
    load_directives()
    monkeypatch.setitem(directives.DIRECTIVES, "snipe", True)
    with pytest.raises(ImportError, match="differ in: snipe"):
        load_directives()


def test_the_project_is_collected_once_for_all_pages(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store(root)
    calls = []

    def collected(root: Path) -> Project:
        calls.append(root)
        return collect(root)

    monkeypatch.setattr(kept, "collect", collected)
    for _ in range(20):
        convert(root, "::: snippets routing")
    convert(root, "::: verification")
    assert len(calls) == 1
    (root / "snippets/routing/webpy").mkdir()
    (root / "snippets/routing/webpy/app.py").write_text("app = None\n", "utf-8")
    assert "No web.py" not in convert(root, "::: snippets routing")
    assert len(calls) == 2
