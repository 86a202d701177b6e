"""Fences that are run, as a reader meets them: a miniature page in the site's own design."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from playwright.sync_api import Browser, Page
from samples import inline_results
from serving import served
from windows import WINDOWS, opened, show

from fieldguide.base.problems import Problems
from fieldguide.model import Failure, Location
from fieldguide.pages.account import account, groups
from fieldguide.pages.fences.scan import scan
from fieldguide.pages.includable import Includable
from fieldguide.pages.page_files import including
from fieldguide.project.collect import collect
from fieldguide.showing.evidence import Evidence
from fieldguide.showing.kept import Kept

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "tests/sites/fences/forms.md").read_text("utf-8")
PAGE = "docs/concepts/forms.md"
FAILURE = Failure(
    *(Location(PAGE, 120), 'expected "b", got "a"', "b", "a"),
    traceback='Traceback (most recent call last):\n  File "docs/concepts/forms.md", line 120',
    next="fieldguide bless docs/concepts/forms.md",
)
"""Of the fence that prints a and documents b."""


@pytest.fixture(scope="module")
def fenced(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a site with the miniature page, built with the project's configuration."""
    folder = tmp_path_factory.mktemp("fences")
    shutil.copytree(ROOT / "docs/assets", folder / "docs/assets")
    (folder / "docs/concepts").mkdir()
    (folder / "docs/concepts/forms.md").write_text(TEXT, "utf-8")
    (folder / "docs/index.md").write_text("# Home\n", "utf-8")
    real = collect(ROOT)
    page = scan(PAGE, TEXT, including(Includable(ROOT)))
    collector = Problems()
    entries = account(collector, page.fences, ())
    runnable = groups(collector, entries, real.frameworks, real.snippets)
    made_of = {group.id: group for group in runnable}
    project = replace(real, accounts={PAGE: entries}, groups=made_of, guides={})
    failed = next(entry for entry in entries if "broken" in entry.fence.info)
    results = inline_results(project, PAGE, {failed.fence.source: FAILURE})
    known = {result.id: result for result in results}
    seen = [entry for entry in entries if "never seen" in entry.fence.source]
    old = [entry for entry in entries if entry.fence.options.group == "old"]
    for entry in seen:
        del known[entry.id]
    for entry in old:
        known[entry.id] = replace(known[entry.id], checks=())
    evidence = Evidence(project, None, known)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        patch.setattr(Kept, "evidence", lambda *_, **__: evidence)
        patch.setitem(os.environ, "FIELDGUIDE_VERIFY", "0")
        patch.setitem(os.environ, "NO_MKDOCS_2_WARNING", "1")
        build(
            load_config(
                str(ROOT / "mkdocs.yml"),
                docs_dir=str(folder / "docs"),
                site_dir=str(folder / "site"),
                nav=[{"Home": "index.md"}, {"Forms": "concepts/forms.md"}],
                strict=False,  # a strict one wants a result of everything
            )
        )
    return folder / "site"


@pytest.fixture(scope="module")
def loaded(browser: Browser, fenced: Path) -> Iterator[Page]:
    """The page, loaded once."""
    clipboard = ["clipboard-read", "clipboard-write"]
    with served(fenced) as address, opened(browser, permissions=clipboard) as context:
        page = context.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(f"{address}/concepts/forms/")
        yield page
        assert errors == []


@pytest.fixture(scope="module", params=WINDOWS, ids=str)
def page(request: pytest.FixtureRequest, loaded: Page) -> Page:
    """The page, wide and narrow, light and dark."""
    show(loaded, request.param)
    return loaded


def test_the_page_fits_and_each_line_is_attached_to_its_code(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    loose = page.evaluate("""[...document.querySelectorAll('.fg-fence > .fg-ran')].filter(line => {
        const box = line.getBoundingClientRect(), code = line.previousElementSibling;
        return box.height && Math.abs(box.top - code.getBoundingClientRect().bottom) > 1;
    }).length""")
    assert loose == 0
    signs = page.evaluate("""[...document.querySelectorAll('.fg-ran .fg-badge')]
        .filter(badge => badge.offsetParent).map(badge =>
            badge.getBoundingClientRect().left
            - badge.closest('.fg-fence').getBoundingClientRect().left)""")
    padding = page.locator(".fg-fence pre > code").first.evaluate(
        "code => parseFloat(getComputedStyle(code).paddingLeft)"
    )
    assert all(abs(sign - padding) < 1 for sign in signs)
    states = page.locator(".fg-ran").evaluate_all(
        "all => all.map(line => line.className.split('--')[1])"
    )
    counts = [states.count(state) for state in ("failed", "stale", "unverified", "norun")]
    assert counts == [1, 1, 1, 2]
    assert states.count("passed") == 9
    assert page.locator(".fg-failure__message").first.is_visible()


def test_a_proof_of_the_usual_length_is_one_line(page: Page) -> None:
    heights = page.locator(".fg-ran--passed").evaluate_all(
        "all => all.filter(line => line.offsetParent && line.children.length === 2)"
        ".map(line => line.clientHeight)"
    )
    assert len(heights) == 5
    assert len(set(heights)) == 1


def test_output_hangs_on_its_code(page: Page) -> None:
    gaps = page.evaluate("""[...document.querySelectorAll('.fg-fence + .fg-output')]
        .filter(output => output.offsetParent).map(output =>
            output.getBoundingClientRect().top
            - output.previousElementSibling.getBoundingClientRect().bottom)""")
    assert len(gaps) == 3
    assert all(abs(gap) < 1 for gap in gaps)
    assert page.evaluate("document.querySelectorAll('.md-typeset p:empty').length") == 0
    assert page.locator(".fg-output .md-code__button").count() == 0


def test_a_hidden_fence_is_nowhere(page: Page) -> None:
    assert "secret" not in page.content()


def test_every_text_around_a_fence_can_be_read(page: Page) -> None:
    """A contrast of 4.5 or more with what is behind it."""
    low = page.evaluate("""() => {
        const canvas = document.createElement('canvas').getContext('2d');
        const rgb = colour => {
            canvas.fillStyle = colour;
            canvas.fillRect(0, 0, 1, 1);
            return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
        };
        const light = colour => {
            const [r, g, b] = rgb(colour).map(v => v / 255)
                .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        const behind = element => {
            const colour = getComputedStyle(element).backgroundColor;
            return /, 0\\)|transparent/.test(colour) ? behind(element.parentElement) : colour;
        };
        const low = [];
        const texts = '.fg-ran, .fg-ran :not(nav, button), .fg-output__label';
        for (const element of document.querySelectorAll(texts))
            for (const part of [null, '::before']) {
                const a = light(getComputedStyle(element, part).color), b = light(behind(element));
                const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
                if (contrast < 4.5) low.push(element.className + (part ?? '') + ' ' + contrast);
            }
        return low;
    }""")
    assert low == []


def test_a_session_is_copied_and_selected_without_its_prompts(page: Page) -> None:
    page.evaluate("navigator.clipboard.writeText('')")  # what another window has left there
    console = page.locator(".highlight:has(.go)", has_text="flask routes")
    console.locator("button[data-md-type=copy]").click()
    page.wait_for_function("navigator.clipboard.readText().then(text => text.includes('cat'))")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == "flask routes --sort rule\ncat <<EOF\nhello\nEOF"
    pycon = page.locator(".highlight:has(.gp)", has_text="twice").first
    pycon.locator("button[data-md-type=copy]").click()
    page.wait_for_function("navigator.clipboard.readText().then(text => text.includes('twice'))")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == 'def twice(n):\n    return 2 * n\n\ntwice(21)\nint("x")'
    selected = pycon.evaluate(
        "code => { getSelection().selectAllChildren(code); return getSelection().toString(); }"
    )
    assert "twice(21)" in selected
    assert "42" in selected
    assert ">>>" not in selected


def test_search_knows_the_code_and_not_its_proof(fenced: Path) -> None:
    index = json.loads((fenced / "search" / "search_index.json").read_text("utf-8"))
    text = " ".join(entry["text"] for entry in index["docs"])
    assert "smtplib.SMTP" in text
    assert "201 CREATED" in text
    for proof in ("Ran", "Python 3.13.0", "Not verified", "fieldguide verify", "not verified"):
        assert proof not in text
