"""Every address that lists and pages name, each once."""

from __future__ import annotations

from link_lists import TEXT, Lists
from playing_server import Host


def test_one_address_that_two_name_is_asked_for_once(lists: Lists, host: Host) -> None:
    address = host.plays_page("/a", "A", TEXT)
    lists.write(a=address, b=f"{address}#part")
    (verdict,) = lists.look().verdicts
    assert verdict.target.resources == ("a", "b")
    assert host.counts["/a"] == 2  # HEAD and GET


def test_the_graveyard_is_not_visited(lists: Lists, host: Host) -> None:
    lists.write(a=host.plays_page("/a", "A", TEXT))
    file = lists.root / "docs/reading/resources.yml"
    gone = "status: hijacked\n  reason: Another owner has it now, says its author."
    file.write_text(file.read_text("utf-8").replace("status: current", gone), "utf-8")
    assert lists.look().verdicts == ()
    assert not host.asked


def test_the_links_of_built_pages_at_their_lines(lists: Lists, host: Host) -> None:
    lists.write(a=host.plays_page("/a", "A", TEXT))
    guide = lists.root / "docs/concepts/greeting.md"
    text = guide.read_text("utf-8") + f"\n\n[a]({host.url}/a) and [b]({host.url}/b#x)\n"
    guide.write_text(text, "utf-8")
    html = lists.root / "site/concepts/greeting/index.html"
    html.parent.mkdir(parents=True)
    html.write_text(
        f'<nav><a href="{host.url}/menu">m</a></nav><article><a href="{host.url}/a">a</a>'
        f'<a href="{host.url}/b#x">b</a><a href="/local">l</a></article>',
        "utf-8",
    )
    verdicts = {verdict.target.url: verdict for verdict in lists.look().verdicts}
    line = len(text.splitlines())
    assert [(at.path, at.line) for at in verdicts[f"{host.url}/a"].target.places] == [
        ("docs/reading/resources.yml", 1),
        ("docs/concepts/greeting.md", line),
    ]
    assert verdicts[f"{host.url}/b"].outcome == "missing"
    assert f"{host.url}/menu" not in verdicts
    only = lists.look("docs/concepts/greeting.md").verdicts
    assert {verdict.target.url for verdict in only} == {f"{host.url}/a", f"{host.url}/b"}
    assert all(verdict.target.resources == () for verdict in only)
