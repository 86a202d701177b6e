"""Addresses that moved for good are rewritten, after a person has seen how."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from link_lists import OTHER, TEXT, Lists
from playing_server import Host

from fieldguide.commands.cli.main import main
from fieldguide.links import rewrite


def test_fix_shows_the_diff_first_and_writes_it(
    lists: Lists, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    host.plays_page("/new", "Handlers", TEXT)
    lists.write(a=host.plays_redirect("/old", "/new"), longer=f"{host.url}/old-and-longer")
    host.plays_page("/old-and-longer", "Another", OTHER)
    file = lists.root / "docs/reading/resources.yml"
    before = file.read_bytes()
    arguments = ["--root", str(lists.root), "links", "--fix", "--no-archive"]
    arguments += [part for name in lists.allowed for part in ("--allow", name)]

    refused = CliRunner().invoke(main, arguments, input="n\n")
    assert f"-  url: {host.url}/old" in refused.output
    assert f"+  url: {host.url}/new" in refused.output
    assert (refused.exit_code, file.read_bytes()) == (1, before)

    done = CliRunner().invoke(main, [*arguments, "--yes"])
    assert (done.exit_code, "1 file written." in done.output) == (3, True)
    assert file.read_bytes() == before.replace(b"/old\n", b"/new\n")


def test_fix_leaves_a_longer_address_and_keeps_a_place(tmp_path: Path) -> None:
    text = b"[a](https://e.org/old#x) https://e.org/older <https://e.org/old> x=https://e.org/old"
    assert rewrite._replaced(text, "https://e.org/old", "https://e.org/new") == (
        b"[a](https://e.org/new#x) https://e.org/older <https://e.org/new> x=https://e.org/old"
    )
