"""The papers at the top of the repository: what they name is there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_contributing_page_reads_the_same_in_both_places() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    page = ROOT / "docs/about/contributing.md"
    _, shown, own = page.read_text("utf-8").partition('--8<-- "CONTRIBUTING.md"\n')
    assert shown
    # A relative link fits one place only: so each has a name, and in either place its address.
    assert not re.findall(r"\]\((?!https?://|#)", text)
    there, here = (
        {name: _content(folder / path) for name, path in _references(part)}
        for folder, part in ((ROOT, text), (page.parent, own))
    )
    assert there == here
    assert all(path.is_file() for path in there.values())
    assert not re.findall(r"^[ \t]*-+8<-+", text, re.M)


def _content(path: Path) -> Path:
    """The file that a page shows: a page may be nothing but the include of one."""
    match = re.match(r'--8<-- "([^"]+)"\n', path.read_text("utf-8")) if path.is_file() else None
    return (ROOT / match[1] if match else path).resolve()


def _references(text: str) -> list[tuple[str, str]]:
    """The names of links that are defined at a file's end, each with its relative address."""
    return re.findall(r"^\[([^\]^]+)\]: (?!https?://)(\S+)$", text, re.M)


def test_the_readme_names_only_what_make_knows() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    assert {"serve", "test", "build"} <= set(re.findall(r"\bmake (\w+)", text)) & targets
    assert text.index("make serve") < text.index("## ") < text.index("pip install")
