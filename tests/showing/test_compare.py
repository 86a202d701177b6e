"""The generated comparisons: a miniature site, built for real, with numbers counted by hand."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest
from counted_files import BOTTLE, FALCON, TEMPLATE, TORNADO
from hosts import environment
from miniature import OK, miniature

ROOT = Path(__file__).parents[2]

MKDOCS = """\
site_name: A miniature site
plugins: []
theme:
  name: material
  font: false
hooks:
  - hooks/mkdocs_hook.py
markdown_extensions:
  - fieldguide
  - toc:
      permalink: true
  - pymdownx.superfences
  - pymdownx.tabbed:
      alternate_style: true
validation:
  links:
    anchors: warn
"""

NAMES = ("bottle", "pyramid", "falcon", "webpy", "tornado")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose site has been built into ``site/``."""
    files: dict[str, str | bytes] = {
        "greeting/contract.py": f'"""Greeting."""\n\n\n{OK}',
        "greeting/bottle/app.py": BOTTLE,
        "greeting/bottle/views/hello.tpl": TEMPLATE,
        "greeting/bottle/static/site.css": "body { color: red }\n",
        "greeting/bottle/static/dot.png": b"\x89PNG\xff",
        "greeting/bottle/cell.toml": (
            'kind = "by hand"\nwhy = "Bottle has no `signed`."\n'
            'instead = "[itsdangerous](https://itsdangerous.palletsprojects.com/)."\n'
        ),
        "greeting/tornado/app.py": TORNADO,
        "greeting/falcon/app.py": FALCON,
        "greeting/webpy/cell.toml": 'kind = "not possible"\nwhy = "It is *mute*."\n',
    }
    folder = miniature(tmp_path_factory.mktemp("compare") / "project", NAMES, files, preload=False)
    project = (folder / "pyproject.toml").read_text("utf-8")
    for name in ("django", "flask"):
        table = rf"\[tool\.fieldguide\.frameworks\.{name}\].*?\n\n"
        project = re.sub(table, "", project, flags=re.S)
    (folder / "pyproject.toml").write_text(project, "utf-8")
    (folder / "hooks").mkdir()
    shutil.copy(ROOT / "hooks/mkdocs_hook.py", folder / "hooks")
    (folder / "mkdocs.yml").write_text(MKDOCS, "utf-8")
    pages = {
        "index.md": "# Home\n",
        "about/contributing.md": "# Contributing\n",
        "concepts/greeting.md": "# Greeting\n\n::: snippets greeting\n",
        "frameworks/falcon.md": "# Falcon\n\n::: framework falcon\n",
        "frameworks/webpy.md": "# web.py\n\n::: framework webpy\n",
        "compare/matrix.md": "# Matrix\n\n::: matrix\n\n::: kinds\n",
        "compare/by-hand.md": "# By hand\n\n::: by-hand\n\n## Each\n\n::: by-hand-concepts\n",
    }
    for path, text in pages.items():
        (folder / "docs" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "docs" / path).write_text(text, "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict"],
        cwd=folder,
        env=environment("1"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def page(root: Path, name: str) -> str:
    return (root / "site" / name / "index.html").read_text("utf-8")


def rows(html: str) -> list[list[str]]:
    """The cells of every row of every table, as text."""
    return [
        [
            " ".join(unescape(re.sub("<[^>]+>", " ", cell)).split())
            for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)
        ]
        for row in re.findall(r"<tr>(.*?)</tr>", html, re.S)
    ]


def test_the_matrix_says_kind_and_outcome_and_shows_gaps(root: Path) -> None:
    html = page(root, "compare/matrix")
    heads, greeting, *counts = rows(html)
    assert heads == ["Concept", "Bottle", "Pyramid", "Falcon", "web.py", "Tornado"]
    assert greeting == [
        "Greeting",
        "by hand verified",
        "missing",
        "third party verified",
        "not possible the tab says why",
        "core verified",
    ]
    assert counts == [
        ["Kind", "Bottle", "Pyramid", "Falcon", "web.py", "Tornado"],
        ["core", "0", "0", "0", "0", "1"],
        ["official extension", "0", "0", "0", "0", "0"],
        ["third party", "0", "0", "1", "0", "0"],
        ["by hand", "1", "0", "0", "0", "0"],
        ["not possible", "0", "0", "0", "1", "0"],
        ["missing", "0", "1", "0", "0", "0"],
    ]
    assert re.findall(r"<dt>.*?>([a-z ]+)</span></dt>", html) == [
        "core",
        "official extension",
        "third party",
        "by hand",
        "not possible",
    ]


def test_a_cell_of_the_matrix_leads_to_its_proof(root: Path) -> None:
    html = page(root, "compare/matrix")
    for name in ("bottle", "falcon", "tornado"):
        assert f'href="../../concepts/greeting/{name}/"' in html
        assert 'id="checks"' in page(root, f"concepts/greeting/{name}")
    assert 'href="../../concepts/greeting/#greeting-webpy"' in html
    assert 'id="greeting-webpy"' in page(root, "concepts/greeting")
    assert 'href="../../about/contributing/"' in html


def test_a_column_of_the_matrix_leads_to_the_page_of_its_framework(root: Path) -> None:
    html = page(root, "compare/matrix")
    assert '<th scope="col"><a href="../../frameworks/falcon/">Falcon</a></th>' in html
    assert '<th scope="col">Tornado</th>' in html


def test_the_page_of_a_framework_has_its_column_and_the_numbers(root: Path) -> None:
    html = page(root, "frameworks/falcon")
    heads = ["Concept", "Who does it", "How it stands", "Lines", "By hand"]
    assert rows(html) == [heads, ["Greeting", "third party", "1 check", "7", "0"]]
    assert html.count('href="../../concepts/greeting/falcon/"') == 2
    installed = re.search(r'pip install "falcon==([\d.]+)"', unescape(html))
    assert installed
    assert f"Falcon {installed[1]}, Python 3." in html
    assert rows(page(root, "frameworks/webpy"))[1] == [
        *("Greeting", "not possible", "not possible", "", ""),
    ]


def test_the_matrix_is_a_table_that_can_be_read_aloud(root: Path) -> None:
    html = page(root, "compare/matrix")
    assert html.count('<th scope="col">') == 12
    assert html.count('<th scope="row">') == 1 + 6
    assert html.count("<caption") == 2
    [region] = re.findall(r'<div [^>]*aria-label="Concept by framework"[^>]*>', html)
    assert 'role="region"' in region


def test_the_tab_says_who_does_the_work_and_why(root: Path) -> None:
    parts = page(root, "concepts/greeting").split('<div class="tabbed-block">')[1:]
    bottle, pyramid, falcon, webpy, tornado = parts
    assert '<span class="fg-kind fg-kind--by-hand">by hand</span>' in bottle
    assert "By hand: Bottle has no <code>signed</code>. Instead: <a href=" in bottle
    assert "by-hand]" not in bottle
    assert "No Pyramid snippet yet" in pyramid
    assert '<span class="fg-kind fg-kind--third-party">third party</span>' in falcon
    assert "fg-cell-note" not in falcon
    assert "Not possible: It is *mute*." in webpy
    assert "fg-gap" not in webpy
    assert '<span class="fg-kind fg-kind--core">core</span>' in tornado


def test_the_numbers_are_those_counted_by_hand(root: Path) -> None:
    heads, *each = rows(page(root, "compare/by-hand"))
    assert heads == ["Framework", "Snippets", "Lines", "By hand", "Installed"]
    # What Falcon's snippet needs: falcon, jinja2 and its markupsafe; no server.
    assert each == [
        ["Tornado", "1", "5", "0", "1"],
        ["Falcon", "1", "7", "0", "3"],
        ["Bottle", "1", "14", "6", "1"],
        ["Framework", "Kind", "Lines", "By hand", "Installed"],
        ["Tornado", "core", "5", "0", "1"],
        ["Falcon", "third party", "7", "0", "3"],
        ["Bottle", "by hand", "14", "6", "1"],
    ]


def test_the_plot_says_the_same_as_its_table(root: Path) -> None:
    html = page(root, "compare/by-hand")
    plots = re.findall(r"<svg[^>]* class=\"fg-plot\".*?</svg>", html, re.S)
    assert len(plots) == 2
    for svg in plots:
        drawn = ElementTree.fromstring(svg)
        named = {node.get("id"): node.text for node in drawn if node.get("id")}
        assert set((drawn.get("aria-labelledby") or "").split()) == set(named)
        texts = [node.text for node in drawn if node.tag == "text"]
        over = ["Tornado", "0 of 5 lines", "Falcon", "0 of 7 lines", "Bottle", "6 of 14 lines"]
        assert texts == over
        widths = [node.get("width") for node in drawn if node.tag == "rect"]
        assert widths == ["35.71%", "0.00%", "50.00%", "0.00%", "100.00%", "42.86%"]
        assert "Bottle 6 of 14" in " ".join(filter(None, named.values()))
    ids = re.findall(r'id="([^"]+)"', html)
    assert len(ids) == len(set(ids))


def test_the_headings_of_concepts_are_in_the_contents(root: Path) -> None:
    html = page(root, "compare/by-hand")
    assert re.search(r'<h3 id="greeting">Greeting', html)
    assert 'href="#greeting"' in html


def test_the_published_results_carry_the_kinds(root: Path) -> None:
    published = json.loads((root / "site/verification.json").read_text("utf-8"))
    kinds = {result["id"]: result["cell"]["kind"] for result in published["results"]}
    assert kinds == {
        "greeting/bottle": "by hand",
        "greeting/falcon": "third party",
        "greeting/tornado": "core",
    }
    assert [result["id"] for result in published["not possible"]] == ["greeting/webpy"]
