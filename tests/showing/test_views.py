"""Directives: where they may stand, what is none, and what a mistake says."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from proven_site import convert
from samples import store


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


def test_outside_of_a_project_the_page_says_so(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert "this folder holds no project" in convert(tmp_path, "::: totals")
    assert len(caplog.records) == 1
