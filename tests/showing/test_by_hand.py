"""Bars and plots of what is done by hand."""

from __future__ import annotations

from xml.etree import ElementTree

from fieldguide.model import Framework
from fieldguide.showing.compare.by_hand import Bar, order, plot
from fieldguide.showing.compare.line_counts import Lines


def test_bars_are_sorted_by_what_is_done_by_hand() -> None:
    def bar(title: str, lines: int, by_hand: int) -> Bar:
        return Bar(Framework(title, title, title, "", ""), Lines(lines, by_hand), frozenset())

    bars = [bar("a", 9, 2), bar("b", 8, 0), bar("c", 7, 0), bar("d", 1, 2)]
    assert [bar.framework.title for bar in order(bars)] == ["c", "b", "d", "a"]


def test_a_plot_of_hostile_titles_and_of_nothing_is_sound() -> None:
    hostile = Framework("x", "<b>&\"'", "x", "", "")
    drawn = ElementTree.fromstring(plot("a", "<i>", [Bar(hostile, Lines(), None)], 0))
    assert [node.text for node in drawn if node.tag == "text"] == ["<b>&\"'", "0 of 0 lines"]
    assert ElementTree.fromstring(plot("a", "b", [], 0)).tag == "svg"
