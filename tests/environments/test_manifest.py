"""The manifest of an environment: read, brought up to date, never trusted where it is broken."""

from __future__ import annotations

import errno
import json
from pathlib import Path

import pytest
from tiny_project import folders, site

from fieldguide.environments import manifest
from fieldguide.environments.prepare import prepare


def test_the_manifest_holds_no_path(standing: Path) -> None:
    environment = prepare(standing, "small")
    text = (environment.python.parent.parent / manifest.NAME).read_text("utf-8")
    assert str(standing) not in text
    assert json.loads(text)["schema"] == manifest.SCHEMA


def test_a_manifest_of_an_older_engine_is_brought_up_to_date(standing: Path) -> None:
    environment = prepare(standing, "small")
    path = environment.python.parent.parent / manifest.NAME
    written = json.loads(path.read_text("utf-8"))
    del written["rows"]
    written["distributions"] = [row[:4] for row in written["distributions"]]
    path.write_text(json.dumps(written), "utf-8")
    lines: list[str] = []
    assert prepare(standing, "small", say=lines.append) == environment
    assert lines == []
    assert json.loads(path.read_text("utf-8"))["rows"] == list(manifest.ROWS)


def test_a_manifest_that_cannot_be_written_again_still_tells_of_the_change(
    standing: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*arguments: object) -> None:
        raise OSError(errno.EROFS, "read-only")

    first = prepare(standing, "small")
    (site(first) / "small.py").write_text("one = 2\n")
    monkeypatch.setattr(manifest, "_replace", fails)
    assert prepare(standing, "small").fingerprint != first.fingerprint


@pytest.mark.parametrize("damage", ["no manifest", "no JSON", "no keys", "no python", "no site"])
def test_a_broken_one_is_made_anew(standing: Path, damage: str) -> None:
    first = prepare(standing, "small")
    folder = first.python.parent.parent
    note = folder / manifest.NAME
    if damage == "no manifest":
        note.unlink()
    elif damage == "no JSON":
        note.write_bytes(note.read_bytes()[:40])
    elif damage == "no keys":
        note.write_text("[]")
    elif damage == "no python":
        first.python.unlink()
    else:
        site(first).rename(folder / "away")
    lines: list[str] = []
    assert prepare(standing, "small", say=lines.append) == first
    assert len(lines) == 2
    assert folders(standing) == [folder.name]
