"""What is known of a snippet or a fence: stale, failed, in its group, in its order."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from fence_pages import FAILURE, RUN, Site, fence

from fieldguide.showing import kept

SITE = Path(__file__).parents[1] / "sites" / "proven"


def test_changed_code_has_no_proof(site: Site) -> None:
    site.verify(RUN)
    assert "fg-ran--passed" in site.convert(RUN)
    changed = RUN.replace("print(1)", "print(2)")
    assert "fg-ran--unverified" in site.convert(changed)
    site.write(changed)
    html = site.convert(changed)
    assert "fg-ran--stale" in html
    site.write(f"A word before.\n\n{RUN}")
    assert "fg-ran--passed" in site.convert(f"A word before.\n\n{RUN}")


def test_a_fence_that_a_passed_group_did_not_have_is_stale(site: Site) -> None:
    site.verify(RUN, change=lambda result: replace(result, checks=()))
    html = site.convert(RUN)
    assert "fg-ran--stale" in html
    assert "The code changed since it ran; run <code>fieldguide verify" in html


def test_a_group_runs_in_its_order(site: Site) -> None:
    info = 'python {.run data-group="g" data-env="flask"}'
    hidden = info.replace(".run", ".run .hide")
    text = fence(hidden, "a = 0") + fence(info, "a = 1") + fence(info, "a = 2") + RUN
    html = site.show(text)
    assert html.count("fg-ran--passed") == 3
    assert html.count("<span>after the code above</span>") == 1
    assert html.index("fg-ran--passed") < html.index("after the code above")
    html = site.show(text, {"a = 1": FAILURE})
    states = re.findall(r"fg-ran--([a-z-]+)", html)
    assert states == ["failed", "skipped", "passed"]
    assert "An earlier fence of its group did not hold." in html


def test_the_same_code_twice_is_two_fences(site: Site) -> None:
    one, two = fence("python {.run}"), fence('python {.run data-env="flask"}')
    text = f"<!--\n{one}-->\n\n" + fence("text", "print(1)")
    html = site.show(one + two + fence("text", "print(1)"))
    assert re.findall(r"<span>([^<]*Python 3.13.0)", html) == [
        "Python 3.13.0",
        "Flask 3.1.3, Python 3.13.0",
    ]
    commented = f"<!--\n{two}-->\n\n{two}"
    site.verify(commented)
    assert "fg-ran--passed" in site.convert(commented).partition("-->")[2]
    assert "fg-ran--passed" not in site.show(text).partition("-->")[2]


ROOT = Path(__file__).parents[2]


def test_concepts_stand_in_the_order_in_which_they_are_to_be_read() -> None:
    links = re.findall(r"\]\((.+?)\.md\)", (ROOT / "docs/concepts/index.md").read_text("utf-8"))
    concepts = kept.of(ROOT).evidence().concepts
    assert concepts == [link for link in links if link in concepts]
