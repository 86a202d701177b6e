"""The Python-Markdown extension, on miniature projects and without a host."""

from __future__ import annotations

import logging
import re
import shutil
from pathlib import Path

import pytest
from markdown import Markdown
from samples import HOSTILE, store

from fieldguide.model import Outcome
from fieldguide.results import last_run
from fieldguide.showing import kept
from fieldguide.showing.extension import makeExtension

SITE = Path(__file__).parents[1] / "sites" / "proven"
TABS = {"pymdownx.tabbed": {"alternate_style": True}}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    project = tmp_path / "project"
    shutil.copytree(SITE, project, ignore=shutil.ignore_patterns(".fieldguide"))
    return project


def convert(root: Path, text: str, *extensions: str) -> str:
    names = ["fieldguide", "pymdownx.superfences", "pymdownx.tabbed", *extensions]
    configs = {**TABS, "fieldguide": {"root": str(root)}}
    return Markdown(extensions=names, extension_configs=configs).convert(text)


def test_one_directive_becomes_a_tab_a_framework(root: Path) -> None:
    store(root)
    html = convert(root, "Before.\n\n::: snippets routing\n\nAfter.")
    assert re.findall(r"<label[^>]*>(.*?)</label>", html) == ["Django", "Flask", "web.py"]
    assert html.count("tabbed-set") == 1
    django, flask, webpy = re.split(r'<div class="tabbed-block">', html)[1:]
    for part, name in ((django, "django"), (flask, "flask"), (webpy, "webpy")):
        assert part.lstrip().startswith(f'<span class="fg-anchor" id="routing-{name}"></span>')
    assert "fg-proof--unverified" in django
    assert '<span class="fg-badge">verified</span>' in flask
    assert "2 checks" in flask
    order = ["app.py", "templates/index.html", "fg-install", "fg-proof"]
    places = [flask.index(word) for word in order]
    assert places == sorted(places)
    assert "8&lt;" not in flask
    assert "No web.py snippet yet." in webpy
    assert html.startswith("<p>Before.</p>")
    assert html.endswith("<p>After.</p>")


def test_code_is_highlighted_as_the_site_does(root: Path) -> None:
    configs = {"fieldguide": {"root": str(root)}, "pymdownx.highlight": {"linenums": True}}
    names = ["fieldguide", "pymdownx.highlight", "pymdownx.superfences"]
    made = Markdown(extensions=names, extension_configs=configs)
    html = made.convert("```python\nx = 1\n```\n\n::: snippet routing/flask\n")
    assert html.count('class="highlighttable"') == 3
    assert sorted(set(re.findall(r"__span-(\d+)-1", html))) == []
    assert '<span class="filename">templates/index.html</span>' in html
    assert '<span class="nd">@app</span>' in html


def test_a_single_snippet_without_tabs_extension(root: Path) -> None:
    store(root)
    made = Markdown(extensions=[makeExtension(root=str(root))])
    html = made.convert("::: snippets routing")
    assert "tabbed-set" not in html
    assert "<p>web.py</p>" in html
    assert "fg-proof--passed" in html


def test_a_result_of_other_code_is_stale(root: Path) -> None:
    store(root)
    assert "fg-proof--passed" in convert(root, "::: snippet routing/flask")
    app = root / "snippets/routing/flask/app.py"
    app.write_text(app.read_text("utf-8") + "# changed\n", "utf-8")
    html = convert(root, "::: snippet routing/flask")
    assert "fg-proof--stale" in html
    assert "fg-exchange" not in html
    assert "# changed" in html
    store(root)
    assert "fg-proof--passed" in convert(root, "::: snippet routing/flask")


def test_a_changed_contract_makes_proof_stale(root: Path) -> None:
    store(root)
    contract = root / "snippets/routing/contract.py"
    contract.write_text(contract.read_text("utf-8").replace("404", "410"), "utf-8")
    assert "fg-proof--stale" in convert(root, "::: snippet routing/flask")


def test_a_failure_stands_where_the_snippet_stands(root: Path) -> None:
    store(root, outcome=Outcome.FAILED)
    html = convert(root, "::: snippets routing")
    assert "fg-proof--failed" in html
    assert "expected 404, got 500" in html


def test_results_that_cannot_be_read_are_no_proof(root: Path) -> None:
    store(root)
    (root / last_run.REPORT).write_text("{", "utf-8")
    assert "fg-proof--unverified" in convert(root, "::: snippet routing/flask")


def test_hostile_results_stay_text(root: Path) -> None:
    store(root, body=HOSTILE)
    html = convert(root, "::: snippets routing")
    assert "<img" not in html
    assert "</script>" not in html
    assert r"\x02wzxhzdk:0\x03" in re.sub("<[^>]+>", "", html)


def test_hostile_code_stays_text(root: Path) -> None:
    app = root / "snippets/routing/flask/app.py"
    app.write_text("</code></pre><script>\x02wzxhzdk:0\x03 \x02amp\x03\n", "utf-8")
    html = convert(root, "::: snippet routing/flask")
    assert "<script" not in html
    assert "\x02" not in html
    assert html.count("fg-proof__note") == 1


def test_the_contract_is_a_list_of_claims(root: Path) -> None:
    assert convert(root, "::: contract routing") == (
        '<ul class="fg-contract"><li><code>/items/7</code> reaches the handler with the integer 7.'
        "</li><li>An unknown path is 404 &amp; nothing else.</li></ul>"
    )


def test_the_table_and_the_totals(root: Path) -> None:
    store(root)
    html = convert(root, "::: totals\n\n::: verification")
    assert "2 snippets of 1 concept in 2 frameworks, held to 2 checks: 1 verified, 1 not." in html
    assert '<a href="concepts/routing.md">Routing and paths</a>' in html
    assert '<a href="concepts/routing.md#routing-flask">2 checks</a>' in html
    assert '<a href="about/contributing.md">missing</a>' in html
    assert "data-fg-doc" not in html


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


def test_an_anchor_is_given_once_a_page(root: Path) -> None:
    html = convert(root, "::: snippets routing\n\n::: snippet routing/flask")
    assert html.count('id="routing-flask"') == 1


def test_two_directives_are_two_sets_of_tabs(root: Path) -> None:
    html = convert(root, "::: snippets routing\n\n::: snippets routing")
    assert html.count('data-tabs="1:3"') == 1
    assert html.count('data-tabs="2:3"') == 1


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


def test_the_project_is_collected_once_for_all_pages(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store(root)
    calls = []
    collect = kept.collect
    monkeypatch.setattr(kept, "collect", lambda root: calls.append(root) or collect(root))
    for _ in range(20):
        convert(root, "::: snippets routing")
    convert(root, "::: verification")
    assert len(calls) == 1
    (root / "snippets/routing/webpy").mkdir()
    (root / "snippets/routing/webpy/app.py").write_text("app = None\n", "utf-8")
    assert "No web.py" not in convert(root, "::: snippets routing")
    assert len(calls) == 2


def test_a_framework_shows_every_concept_as_it_stands_in_it(root: Path) -> None:
    store(root)
    html = convert(root, "::: framework flask")
    rows = re.findall(r'<tr>\s*<th scope="row">.*?</tr>', html, re.S)
    assert len(rows) == 1
    assert any("routing" in row and "fg-cell--passed" in row for row in rows)
    assert re.search(r"<dt>Verified with</dt><dd>Flask [\d.]+, Python [\d.]+</dd>", html)


def test_an_unknown_framework_says_so_on_the_page(root: Path) -> None:
    html = convert(root, "::: framework flsk")
    assert (
        "no framework &quot;flsk&quot; in pyproject.toml (did you mean &quot;flask&quot;?)" in html
    )
