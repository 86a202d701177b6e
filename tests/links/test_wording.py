"""What a run prints, and its exit status."""

from __future__ import annotations

import pytest
from link_lists import TEXT, Lists
from playing_server import Host

from fieldguide.links import check, wording
from fieldguide.links.model import Answer, Target, Verdict


@pytest.mark.parametrize("code", [404, 410])
def test_a_missing_page(lists: Lists, host: Host, code: int) -> None:
    host.plays["/a"] = lambda request: request.answer(code, "gone")
    found = lists.write(a=f"{host.url}/a").look()
    assert found.verdicts[0].outcome == "missing"
    assert wording.status(found) == 1
    line, total, *_ = wording.lines(found)
    assert line == (
        f"docs/reading/resources.yml:1: missing: {host.url}/a: {code}: the page is not there. "
        "Next: correct the address."
    )
    assert total == "1 link: 1 missing"


def test_without_a_built_site_it_says_so(lists: Lists, host: Host) -> None:
    lists.write(a=host.plays_page("/a", "A", TEXT))
    assert [*wording.lines(lists.look())][-1] == (
        "The guides' links were not looked at, there is no site/. Next: make build."
    )


def test_the_worst_decides_the_exit_status() -> None:
    def status(*outcomes: str) -> int:
        verdicts = tuple(Verdict(Target("u"), Answer("u"), outcome) for outcome in outcomes)
        return wording.status(check.Looked(verdicts, {}, {}))

    assert status() == status("alive", "unknown") == 0
    assert status("alive", "moved") == status("failed") == 3
    assert status("moved", "missing") == status("changed") == 1
