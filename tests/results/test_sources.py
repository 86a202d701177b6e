"""Every snippet, group and probe has the digest of what its page shows."""

from __future__ import annotations

import shutil
from pathlib import Path

from reading_lists import BASE

from fieldguide.base.digests import source_digest
from fieldguide.pages import groups
from fieldguide.project.collect import collect
from fieldguide.results.sources import sources


def test_snippets_first_then_groups_of_fences(tmp_path: Path) -> None:
    root = Path(shutil.copytree(BASE, tmp_path / "project"))
    (root / "docs/notes.md").write_text("```python {#one .run}\npass\n```\n", "utf-8")
    project = collect(root)
    digests = sources(project)
    assert list(digests) == ["greeting/flask", "greeting/bottle", "notes#one"]
    snippet, contract = project.snippets["greeting/flask"], project.contracts["greeting"]
    assert digests["greeting/flask"] == source_digest(snippet, contract)
    assert digests["notes#one"] == groups.digest(project.groups["notes#one"], project.snippets)
