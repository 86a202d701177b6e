"""Fences of a page with their proof: Markdown in, facts of the HTML out."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from textwrap import indent
from typing import Any

import pytest
from fence_pages import FAILURE, NAMES, RUN, Facts, Site, fence
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown import Markdown

SITE = Path(__file__).parents[1] / "sites" / "proven"


def test_nothing_of_the_info_string_is_left_but_what_the_site_reads(site: Site) -> None:
    info = (
        'python {#forms .run .mine title="a.py" hl_lines="1" data-env="flask" data-group="g" '
        'data-raises="E" data-async="1" data-exit="3" data-theirs="x"}'
    )
    facts = Facts(site.show(fence(info)))
    kept = [(name, value) for name, value in facts.attributes if name.startswith("data-")]
    assert kept == [("data-theirs", "x"), ("data-search-exclude", "")]
    assert ("id", "forms") in facts.attributes
    assert {"mine", "hll", "filename"} < facts.classes
    assert not {"run", "norun", "hide", "output"} & facts.classes
    assert "a.py" in facts.text
    assert "raised E" in facts.text
    assert "ended with status 3" in facts.text


PLACES: dict[str, Callable[[str], str]] = {
    "alone": lambda text: text,
    "a tab": lambda text: '=== "One"\n\n' + indent(text, "    "),
    "a second tab": lambda text: '=== "One"\n\n    one\n\n=== "Two"\n\n' + indent(text, "    "),
    "a list": lambda text: "1.  one\n\n" + indent(text, "    ") + "\n2.  two\n",
    "a list in a list": lambda text: "-   a\n\n    -   b\n\n" + indent(text, " " * 8),
    "an admonition": lambda text: "!!! note\n\n" + indent(text, "    "),
    "a folded one": lambda text: "??? note\n\n" + indent(text, "    "),
    "a tab in a list in a note": lambda text: (
        '!!! note\n\n    1.  a\n\n        === "T"\n\n' + indent(text, " " * 12)
    ),
    "a quotation": lambda text: indent(text, "> ", lambda line: True),
    "a definition": lambda text: "Term\n\n:   what it is\n\n" + indent(text, "    "),
    "a footnote": lambda text: (
        "A.[^1]\n\n[^1]: Note.\n\n" + indent(f"{text.rstrip()}\n\nLast.", "    ")
    ),
    "HTML": lambda text: '<div class="mine" markdown>\n\n' + text + "\n</div>\n",
    "a paragraph": lambda text: "before\n" + text + "behind\n",
}
"""Where a fence may stand."""


@pytest.mark.parametrize("place", PLACES)
def test_a_fence_may_stand_anywhere(site: Site, place: str) -> None:
    text = PLACES[place](RUN + "\n" + fence("text {.output}", "1")) + "\nAfter.\n"
    site.verify(text)
    html = site.convert(text)
    if place != "a paragraph":
        Facts(html)
    assert html.count("fg-ran--passed") == 1
    assert html.count("fg-output__label") == 1
    assert html.index("fg-ran--passed") < html.index("fg-output__label")
    assert "```" not in html


@pytest.mark.parametrize("place", PLACES)
def test_a_hidden_fence_leaves_nothing(site: Site, place: str) -> None:
    hidden = fence('python {.run .hide #here data-env="flask"}', "secret = 1")
    text, without = PLACES[place]("Text.\n\n" + hidden), PLACES[place]("Text.\n\n")
    site.verify(text)
    html = site.convert(text)
    assert re.sub(r"\s+", "", html) == re.sub(r"\s+", "", site.convert(without))


@pytest.mark.parametrize(
    "text",
    [
        fence("python {.run .hide}") * 2,
        fence("python {.run .hide}") + fence("text {.output .hide}"),
        fence("http {.run .hide}", "GET / HTTP/1.1\n\nHTTP/1.1 200 OK"),
        fence("console {.run .hide}", "$ ls"),
        fence("html {.hide data-file='a.html'}", "<p>"),
        fence("python {.hide}"),
    ],
)
def test_hidden_fences_alone_make_an_empty_page(site: Site, text: str) -> None:
    assert site.show(text) == ""
    site.verify("")
    assert site.convert(text) == ""


def test_fences_without_a_blank_line_between_them_make_no_empty_paragraph(site: Site) -> None:
    hidden = fence("python {.run .hide}", "a = 1")
    html = site.show(RUN + hidden + fence("text {.output}", "1") + RUN)
    assert "<p><div" not in html
    assert html.count('<div class="fg-fence') == 3


def test_a_reason_is_known_from_the_account_where_the_site_reads_no_attributes(site: Site) -> None:
    text = fence('python {.norun data-reason="slow"}')
    site.verify(text)
    html = site.convert(text, "fieldguide", "pymdownx.superfences")
    assert "Not verified</span>: slow" in html


def test_a_hidden_fence_that_failed_shows_its_failure_alone(site: Site) -> None:
    html = site.show(fence("python {.run .hide}", "secret = 1"), {"secret": FAILURE})
    assert "fg-failure__message" in html
    assert "secret" not in html


@pytest.mark.parametrize("run", ["", ".run "])
def test_a_file_of_a_group_has_its_name_and_no_proof(site: Site, run: str) -> None:
    text = fence(f'html {{{run}data-group="g" data-file="templates/a.html"}}', "<p>")
    html = site.show(text)
    assert '<span class="filename">templates/a.html</span>' in html
    assert "fg-ran" not in html
    named = site.show(text.replace("data-file", 'title="mine" data-file'))
    assert '<span class="filename">mine</span>' in named
    evil = site.show(fence("html {data-file='<img src=x>'}", "<p>"))
    assert '<span class="filename">&lt;img src=x&gt;</span>' in evil


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    source=st.lists(
        st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=20)
        | st.sampled_from(
            ["</code></pre></div>", "<p>", "&amp;", "wzxhzdk:0", "::: totals", "$ x"]
        ).filter(lambda line: not line.strip().startswith("```")),
        min_size=1,
        max_size=5,
    ).map("\n".join),
    info=st.sampled_from(
        (
            *("python {.run}", "pycon {.run}", "console {.run}", "http {.run}"),
            *("text {.output}", "python {.norun data-reason='x'}"),
        )
    ),
)
def test_code_stays_the_code_that_was_written(site: Site, source: str, info: str) -> None:
    if "```" in source:
        return
    plain = Facts(site.convert(fence(info.partition(" ")[0], source)))
    shown = Facts(site.convert(fence(info, source)))
    assert shown.code == plain.code
    assert (
        not shown.classes
        - plain.classes
        - {
            *("fg-fence", "fg-ran", "fg-ran--unverified", "fg-ran--norun", "fg-badge"),
            *("fg-output", "fg-output__label", "no-copy"),
        }
    )


def test_what_is_no_code_of_ours_stays_as_it_is(site: Site) -> None:
    diagram: dict[str, Any] = {
        "custom_fences": [
            {"name": "mermaid", "class": "mermaid", "format": "fence_code_format"},
        ]
    }
    from pymdownx.superfences import fence_code_format  # type: ignore[import-untyped]

    diagram["custom_fences"][0]["format"] = fence_code_format
    text = fence("mermaid {.run}", "a") + fence("python", "a") + "\n    ```python {.run}\n    ```\n"
    with_ours = site.convert(text, configs={"pymdownx.superfences": diagram})
    names = [name for name in NAMES if name != "fieldguide"]
    without = Markdown(
        extensions=names, extension_configs={"pymdownx.superfences": diagram}
    ).convert(text)
    assert 'class="mermaid run"' in with_ours
    assert re.sub(r"</?p>", "", with_ours) == re.sub(r"</?p>", "", without)
