"""What is remembered: strikes, and the answers of this day."""

from __future__ import annotations

from datetime import date

from link_lists import DAY, TEXT, Lists
from playing_server import Host

from fieldguide.links import seen, wording


def test_three_days_of_failing_are_three_strikes(lists: Lists, host: Host) -> None:
    lists.write(a=f"{host.url}/a")
    for day in (20, 20, 21, 25):
        looked = lists.look(day=date(2026, 11, day), again=True)
    seen = lists.seen()["a"]
    assert (seen["strikes"], seen["first_failure"]) == ("3", "2026-11-20")
    assert 'write "status: dead" with the reason, it is so since 2026-11-20' in next(
        wording.lines(looked)
    )
    host.plays_page("/a", "A", TEXT)
    lists.look(day=date(2026, 11, 26))
    assert not {"strikes", "first_failure", "note"} & lists.seen()["a"].keys()


def test_what_cannot_be_checked_is_no_strike(lists: Lists, host: Host) -> None:
    lists.write(a=f"{host.url}/a").look(day=date(2026, 11, 20))
    host.plays["/a"] = lambda request: request.answer(403, "no")
    lists.look(day=date(2026, 11, 21))
    assert lists.seen()["a"]["strikes"] == "1"


def test_what_was_asked_for_today_is_not_asked_again(lists: Lists, host: Host) -> None:
    lists.write(a=host.plays_page("/a", "A", TEXT)).look()
    host.asked.clear()
    assert lists.verdict().outcome == "alive"
    assert not host.asked
    lists.look(again=True)
    assert host.asked


def test_a_cut_line_in_what_is_kept_is_no_answer(lists: Lists, host: Host) -> None:
    lists.write(a=host.plays_page("/a", "A", TEXT)).look()
    kept = lists.root / ".fieldguide/links.jsonl"
    kept.write_text(kept.read_text()[:-9], "utf-8")
    assert seen.Run(lists.root, DAY.isoformat()).known() == {}
