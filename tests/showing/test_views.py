"""Directives: what each shows, where they may stand, what is none, and what a mistake says."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path

import pytest
import reading_lists
from proven_site import convert, lay_out
from samples import store

from fieldguide.pages.directives import DIRECTIVES

SHOWN = {
    "snippets routing": ["<label", ">Flask<", "fg-proof--passed", "Ask another."],
    "snippet routing/webpy": ["Not possible: It has none. Instead: Ask another."],
    "snippet-page routing/flask": ['<h2 id="checks">', "fg-wire", "Routing in other frameworks"],
    "contract routing": ["reaches the handler with the integer 7."],
    "framework flask": ['<dl class="fg-facts">', "gunicorn", "fg-profile"],
    "reading flask": ["fg-readings", ">Beginner<"],
    "verification": ["fg-cell--passed", "fg-cell--unverified", "fg-cell--impossible"],
    "totals": ["2 snippets of 1 concept in 2 frameworks"],
    "defaults": ["What each framework answers by default", "fg-totals"],
    "probes": ["<h3>Methods</h3>", "Sent: <code>HEAD /text</code>"],
    "probed": ["<summary>Flask</summary>", '<span class="filename">app.py</span>'],
    "matrix": ["fg-matrix", "fg-kind--not-possible", "fg-cell__outcome"],
    "kinds": ["fg-legend", "The framework does it"],
    "by-hand": ["fg-plot__by-hand"],
    "by-hand-concepts": ['<h3 id="routing">Routing</h3>', "fg-plot__by-hand"],
    "resources": ["fg-filter", "fg-reading--all"],
    "paths": ["fg-path", "You have never sent one."],
    "graveyard": ["fg-graveyard"],
}
"""By directive: some of what stands on the page."""


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The miniature site with all that a directive can show, which is only read."""
    root = reading_lists.lay_out(lay_out(tmp_path_factory.mktemp("full") / "project"))
    for name in ("django", "flask"):
        shutil.copytree(reading_lists.ROOT / "probes" / name, root / "probes" / name)
    shutil.copy(reading_lists.ROOT / "probes/probes.toml", root / "probes")
    impossible = root / "snippets/routing/webpy/cell.toml"
    impossible.parent.mkdir()
    impossible.write_text(
        'kind = "not possible"\nwhy = "It has none."\ninstead = "Ask another."\n', "utf-8"
    )
    store(root)
    return root


@pytest.mark.parametrize("directive", SHOWN)
def test_each_shows_its_view(full: Path, directive: str, caplog: pytest.LogCaptureFixture) -> None:
    html = convert(full, f"::: {directive}")
    assert [words for words in SHOWN[directive] if words not in html] == []
    assert "fg-problem" not in html
    assert caplog.records == []


def test_every_directive_is_shown_above() -> None:
    assert {directive.partition(" ")[0] for directive in SHOWN} == DIRECTIVES.keys()


@pytest.mark.parametrize("directive", ["defaults", "probes", "probed"])
def test_where_nothing_is_probed_nothing_is_shown(root: Path, directive: str) -> None:
    assert convert(root, f"::: {directive}") == ""


def test_the_contract_is_a_list_of_claims(root: Path) -> None:
    assert convert(root, "::: contract routing") == (
        '<ul class="fg-contract"><li><code>/items/7</code> reaches the handler with the integer 7.'
        "</li><li>An unknown path is 404 &amp; nothing else.</li></ul>"
    )


@pytest.mark.parametrize(
    "text",
    [
        "```text\n::: snippets routing\n```",
        "    ::: snippets routing",
        "`::: snippets routing`",
        "<!--\n::: snippets routing\n-->",
        "a ::: snippets routing",
    ],
)
def test_what_is_no_directive_is_left_alone(root: Path, text: str) -> None:
    assert "fg-" not in convert(root, text)


@pytest.mark.parametrize(
    "text",
    [
        "!!! note\n\n    ::: snippet routing/flask\n\n    after",
        "1.  one\n\n    ::: snippet routing/flask\n\n    after",
        "-   one\n\n    -   two\n\n        ::: snippet routing/flask\n\n        after",
        "before\n::: snippet routing/flask\nafter",
        '=== "Tab"\n\n    ::: snippet routing/flask\n\n    after',
        "> ::: snippet routing/flask\n>\n> after",
        "::: snippet routing/flask   \n\nafter",
    ],
)
def test_a_directive_may_stand_anywhere(root: Path, text: str) -> None:
    store(root)
    html = convert(root, text, "admonition")
    assert html.count("fg-proof--passed") == 1
    assert ":::" not in html
    assert html.index("fg-proof--passed") < html.index("after")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("::: snipets routing", "did you mean &quot;snippets&quot;?"),
        ("::: snippets", "needs a name"),
        ("::: totals routing", "takes no name"),
        ("::: snippets rooting", "did you mean &quot;routing&quot;?"),
        ("::: snippets ../../..", "no concept &quot;../../..&quot;"),
        ("::: contract <b>", "no concept &quot;&lt;b&gt;&quot;"),
        ("::: snippet routing/flsk", "did you mean &quot;routing/flask&quot;?"),
        ("::: snippet routing", "no snippet &quot;routing&quot;"),
        ("::: framework flsk", "did you mean &quot;flask&quot;?"),
        (":::snippets routing", "cannot be read as a directive"),
        (":::", "cannot be read as a directive"),
    ],
)
def test_a_mistake_is_seen_on_the_page_and_warned_of(
    root: Path, text: str, words: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, logger="mkdocs.fieldguide"):
        html = convert(root, f"Before.\n\n{text}\n\nAfter.")
    assert words in html
    assert "fg-problem" in html
    assert html.endswith("<p>After.</p>")
    (record,) = caplog.records
    assert record.name == "mkdocs.fieldguide"
    assert ". Next: " in record.getMessage()


def test_a_list_of_what_nobody_knows_is_a_mistake(full: Path) -> None:
    assert "did you mean &quot;flask&quot;?" in convert(full, "::: reading flsk")


def test_outside_of_a_project_the_page_says_so(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert "this folder holds no project" in convert(tmp_path, "::: totals")
    assert len(caplog.records) == 1
