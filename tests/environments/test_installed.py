"""What is installed in an environment, and the digests of it."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from tiny_project import site

from fieldguide.environments import installed
from fieldguide.environments.prepare import prepare


def test_the_fingerprint_is_of_the_content_alone(standing: Path, tmp_path: Path) -> None:
    first = prepare(standing, "small")
    elsewhere = tmp_path / "some" / "where else"
    elsewhere.parent.mkdir()
    environment_files = standing / ".fieldguide"
    environment_files.rename(tmp_path / "kept")
    standing.rename(elsewhere)
    second = prepare(elsewhere, "small")
    assert second.python != first.python
    assert second.fingerprint == first.fingerprint
    os.utime(site(second) / "small.py", (1, 1))
    assert prepare(elsewhere, "small").fingerprint == first.fingerprint


def test_how_something_was_installed_is_not_in_the_fingerprint(standing: Path) -> None:
    first = prepare(standing, "small")
    info = site(first) / "dotted-2.0.dist-info"
    for name in ("INSTALLER", "REQUESTED", "direct_url.json", "WHEEL"):
        (info / name).write_text("another way")
    record = info / "RECORD"
    lines = record.read_text().splitlines()
    assert any(line.startswith("../../../bin/dotted-run,sha256=") for line in lines)
    other = [re.sub(r"^(\.\./.*sha256=)[\w-]+", r"\1another", line) for line in reversed(lines)]
    record.write_text("\n".join([*other, "dotted/__pycache__/x.pyc,,", "direct_url.json,,"]) + "\n")
    assert prepare(standing, "small").fingerprint == first.fingerprint
    record.write_text("".join(f"{line}\n" for line in lines if not line.startswith("dotted/")))
    assert prepare(standing, "small").fingerprint != first.fingerprint


@pytest.mark.parametrize("change", ["edit", "same size", "add", "remove"])
def test_a_changed_installed_file_changes_the_fingerprint(standing: Path, change: str) -> None:
    first = prepare(standing, "small")
    file = site(first) / "small.py"
    if change == "edit":
        file.write_text("one = 11\n")
    elif change == "same size":
        file.write_text("one = 2\n")
    elif change == "add":
        file.with_name("more.py").touch()
    else:
        file.unlink()
    changed = prepare(standing, "small")
    assert changed.fingerprint != first.fingerprint
    assert prepare(standing, "small") == changed
    if change in ("edit", "same size"):
        file.write_text("one = 1\n")
        assert prepare(standing, "small").fingerprint == first.fingerprint


def test_byte_code_written_later_changes_nothing(standing: Path) -> None:
    first = prepare(standing, "small")
    (site(first) / "__pycache__/small.cpython-399.pyc").touch()
    assert prepare(standing, "small").fingerprint == first.fingerprint


def test_names_are_compared_as_indexes_do() -> None:
    assert {installed.normalise(name) for name in ("web.py", "Web_Py", "web--PY")} == {"web-py"}


@pytest.mark.parametrize(
    "marker", ["(" * 3000 + "python_version > '3'" + ")" * 3000, "os_name ~= 'x'", "in in"]
)
def test_what_a_wheel_requires_in_words_that_nobody_can_follow_counts_for_nothing(
    tmp_path: Path, marker: str
) -> None:
    for name, lines in (("one", f"Requires-Dist: other; {marker}"), ("other", "")):
        folder = tmp_path / f"{name}-1.dist-info"
        folder.mkdir()
        (folder / "METADATA").write_text(f"Name: {name}\nVersion: 1\n{lines}\n")
        (folder / "RECORD").write_text("")
    one, other = installed.distributions(tmp_path, ["one"])
    assert (one.name, one.requires, other.name) == ("one", (), "other")
