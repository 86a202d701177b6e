"""What a run prints, and its exit status."""

from __future__ import annotations

import pytest
from link_lists import TEXT, Lists
from playing_server import Host

from fieldguide.links import check, wording
from fieldguide.links.model import Answer, Target, Verdict
from fieldguide.reading.model import Seen


@pytest.mark.parametrize("code", [404, 410])
def test_a_missing_page(lists: Lists, host: Host, code: int) -> None:
    host.plays["/a"] = lambda request: request.answer(code, "gone")
    looked = lists.write(a=f"{host.url}/a").look()
    assert looked.verdicts[0].outcome == "missing"
    assert wording.status(looked) == 1
    line, total, *_ = wording.lines(looked)
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


@pytest.mark.parametrize(
    ("outcome", "of_a_list", "next_act"),
    [
        ("moved", True, "fieldguide links --fix"),
        (
            "changed",
            True,
            'open it; if it is well, fieldguide links --accept a; if not, write "status: hijacked"',
        ),
        ("changed", False, "open it, and link to what was meant"),
        ("unknown", False, "open it in a browser"),
        ("failed", True, "wait for another day, or correct the address"),
        ("missing", True, "correct the address; there is an archived copy, https://archive/u"),
    ],
)
def test_each_finding_ends_with_its_next_act(outcome: str, of_a_list: bool, next_act: str) -> None:
    target = Target("u", resources=("a",) if of_a_list else ())
    verdict = Verdict(target, Answer("u"), outcome, ("a note", "another"))
    seen = {"a": Seen("2026-11-26", "alive")}
    archived = {"u": "https://archive/u"} if outcome == "missing" else {}
    line, *_ = wording.lines(check.Looked((verdict,), seen, archived))
    assert line == f"links: {outcome}: u: a note; another. Next: {next_act}."


def test_what_fails_day_after_day_is_dead() -> None:
    verdict = Verdict(Target("u", resources=("a",)), Answer("u"), "failed", ("no answer",))
    seen = {"a": Seen("2026-11-26", "failed", strikes=3, first_failure="2026-11-24")}
    looked = check.Looked((verdict,), seen, {"u": "https://archive/u"}, interrupted=True)
    line, total, interrupted = wording.lines(looked)
    assert line.endswith(
        'Next: write "status: dead" with the reason, it is so since 2026-11-24; '
        "there is an archived copy, https://archive/u."
    )
    assert total == "1 link: 1 failed"
    assert interrupted == "Interrupted; what was seen is kept. Next: run it again, and it goes on."
    assert wording.status(looked) == 1
