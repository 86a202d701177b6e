"""What a process shows of where it is: what it sees, what it may write to, and who it is."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from fieldguide.worker.process import inside


def test_what_is_hidden_is_told_where_it_is_seen(tmp_path: Path) -> None:
    """A link is seen too, wherever it leads."""
    seen, link, hidden = (tmp_path / name for name in ("seen", "link", "hidden"))
    seen.touch()
    link.symlink_to(tmp_path / "nowhere")
    shown = inside.shown([str(seen), str(link), str(hidden)], [])
    assert shown["seen"] == [str(seen), str(link)]


def test_a_folder_is_listed_and_leaves_no_trace_of_the_trial(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    shown = inside.shown([], [str(tmp_path)])
    assert shown["listed"] == {str(tmp_path): ["a"]}
    assert str(tmp_path) in shown["written"]
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_what_is_no_folder_neither_lists_nor_takes_anything(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for path in (tmp_path / "file", tmp_path / "missing"):
        assert inside.names(str(path)) == []
        assert not inside.takes(str(path))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="namespaces are of Linux")
def test_a_process_outside_is_itself_in_the_namespaces_of_everybody() -> None:
    shown = inside.shown([], [])
    assert shown["pid"] == os.getpid()
    assert list(shown["namespaces"]) == list(inside.NAMESPACES)
    assert shown["namespaces"]["pid"] == os.readlink("/proc/self/ns/pid")


def test_all_of_it_is_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    inside.main([], [str(tmp_path)])
    shown = json.loads(capsys.readouterr().out)
    assert set(shown) == {
        *("pid", "namespaces", "seen", "listed", "user", "host", "changed", "allowed", "written"),
    }
