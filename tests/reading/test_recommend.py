"""The best come first, and not more than a page can hold."""

from __future__ import annotations

from dataclasses import replace

from reading_lists import ONE

from fieldguide.reading import recommend
from fieldguide.reading.model import Resource


def named(resources: list[Resource]) -> list[str]:
    return [resource.id for resource in resources]


def test_rank_comes_first_then_what_is_current_then_the_newest() -> None:
    resources = [
        replace(ONE, id="old", year=2020),
        replace(ONE, id="dated", status="dated", year=2026),
        replace(ONE, id="revised", year=2010, updated=2026),
        replace(ONE, id="second", rank=2, year=2001),
        replace(ONE, id="first", rank=1, status="dated", year=2001),
        replace(ONE, id="undated", year=None),
        replace(ONE, id="gone", status="dead", rank=1),
        replace(ONE, id="elsewhere", frameworks=(), concepts=("forms",)),
    ]
    wanted = ["first", "second", "revised", "old", "undated", "dated"]
    assert (
        named(recommend.about(resources, "routing"))
        == named(recommend.about(resources, "flask"))
        == wanted
    )


def test_at_most_eight_by_level() -> None:
    resources = [
        replace(ONE, id=f"{level}-{n}", rank=n, level=level)
        for n in range(1, 5)
        for level in ("advanced", "beginner", "intermediate")
    ]
    levels = recommend.best(resources, "routing")
    assert [*levels] == ["beginner", "intermediate", "advanced"]
    assert sum(map(len, levels.values())) == recommend.MOST
    assert named(levels["beginner"]) == ["beginner-1", "beginner-2", "beginner-3"]


def test_what_can_be_read_is_sorted_by_title() -> None:
    resources = [replace(ONE, id=id, title=id) for id in ("b", "A", "c")]
    resources.append(replace(ONE, id="gone", status="moved"))
    assert named(recommend.everything(resources)) == ["A", "b", "c"]


def test_what_ended_last_stands_first_in_the_graveyard() -> None:
    resources = [
        replace(ONE, id="early", status="dead", ended="2019"),
        replace(ONE, id="late", status="hijacked", ended="2025"),
        replace(ONE, id="unknown", status="moved"),
        replace(ONE, id="alive"),
    ]
    assert named(recommend.gone(resources)) == ["late", "early", "unknown"]
