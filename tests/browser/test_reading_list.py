"""The reading list as a reader uses it: filters, keyboard, address, and without JavaScript."""

from __future__ import annotations

import gzip
import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from playwright.sync_api import Browser, BrowserContext, Page
from serving import served
from windows import WINDOWS, opened, show

from bench.reading import entries
from fieldguide.project.collect import collect
from fieldguide.reading import catalogue
from fieldguide.reading.shelf import Shelf
from fieldguide.showing.kept import Kept

ROOT = Path(__file__).parents[2]
COUNT = 500
SPECIAL = """\
- id: greeting-people
  title: Greeting <people> & robots
  url: https://example.org/greeting?a=1&b=2
  authors: [Ada Lovelace]
  kind: book
  level: beginner
  frameworks: [bottle]
  concepts: [testing]
  year: 2024
  cost: paid
  language: en
  length: 120 pages
  why: For whoever has never said `hello` to a stranger.
  caveat: It was written before robots could answer.
  status: current
  rank: 1
  added: 2026-11-01
- id: old-advice
  title: Old advice
  url: https://example.org/sold
  authors: [Grace Hopper]
  kind: article
  level: beginner
  frameworks: [bottle]
  concepts: [testing]
  year: 2011
  cost: free
  language: en
  why: For a look at how it was done before.
  status: hijacked
  reason: Another owner has the address, and sells watches there.
  ended: 2016-05
  superseded_by: greeting-people
  added: 2026-11-01
"""
CHECKS = """\
greeting-people: {checked: 2026-11-20, outcome: alive, seen: 2026-11-20, strikes: 0}
"""
PATHS = """\
- id: first
  title: A first page
  for: You have never sent one.
  steps:
    - resource: greeting-people
      then: Now see it in every framework.
    - guide: routing
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a site with 500 resources, built with the project's configuration."""
    root = tmp_path_factory.mktemp("reading")
    shutil.copytree(ROOT / "docs/assets", root / "docs/assets")
    shutil.copytree(ROOT / "docs/reading", root / "docs/reading")
    for name, text in (
        ("resources", SPECIAL + entries(COUNT - 1, ["flask", "django"], "testing")),
        ("checks", CHECKS),
        ("paths", PATHS),
    ):
        (root / f"docs/reading/{name}.yml").write_text(text, "utf-8")
    (root / "docs/index.md").write_text("# Home\n\n::: reading bottle\n\n::: reading flask\n")
    (root / "docs/concepts").mkdir()
    (root / "docs/concepts/routing.md").write_text("# Routing\n")
    lists = catalogue.read(root, collect(ROOT).frameworks, {"routing": "Routing"})
    assert lists.problems == ()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        patch.setattr(Kept, "shelf", lambda *_: Shelf(lists, ()))
        patch.setitem(os.environ, "FIELDGUIDE_VERIFY", "0")
        patch.setitem(os.environ, "NO_MKDOCS_2_WARNING", "1")
        pages = ["index.md", "concepts/routing.md"]
        pages += [f"reading/{name}.md" for name in ("index", "paths", "graveyard")]
        build(
            load_config(
                str(ROOT / "mkdocs.yml"),
                docs_dir=str(root / "docs"),
                site_dir=str(root / "site"),
                nav=pages,
                strict=False,  # a strict one wants a result of everything
            )
        )
    return root / "site"


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    """The address of the served site."""
    with served(folder) as address:
        yield address


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One browser for all pages: the site keeps nothing in it."""
    with opened(browser) as context:
        yield context


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A fresh page, none of whose scripts may fail."""
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    assert errors == []
    page.close()


def shown(page: Page) -> int:
    """How many entries there are, once the second part of a long list has come too."""
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    return page.locator(".fg-reading--all > li:visible").count()


def place(page: Page) -> str:
    """The address as the page itself knows it, which the test's process learns a moment later."""
    return str(page.evaluate("location.href"))


def count(page: Page) -> str:
    """What the page says of their number."""
    return page.locator(".fg-filter__count").inner_text()


def test_every_filter_works_and_stands_in_the_address(page: Page, address: str) -> None:
    page.goto(f"{address}/reading/")
    assert (shown(page), count(page)) == (COUNT, f"{COUNT} resources")
    page.select_option("[name=framework]", "bottle")
    assert (shown(page), count(page)) == (1, f"1 of {COUNT} resources")
    assert place(page).endswith("/reading/?framework=bottle")
    page.click("text=Show all")
    page.wait_for_function("!location.search")
    assert shown(page) == COUNT
    for name, value, left in (
        ("kind", "book", 1),
        ("cost", "paid", 1),
        ("level", "beginner", 1),
        ("concept", "testing", COUNT),
        ("since", "2026", COUNT - 1),
    ):
        page.select_option(f"[name={name}]", value)
        assert shown(page) == left, name
        page.select_option(f"[name={name}]", "")
    page.fill("[name=q]", "STRANGER ada")
    assert shown(page) == 1
    assert place(page).endswith("?q=STRANGER+ada")
    page.fill("[name=q]", "no such words at all")
    assert (shown(page), count(page)) == (0, f"0 of {COUNT} resources")


def test_of_two_changes_in_one_frame_the_last_one_counts(page: Page, address: str) -> None:
    page.goto(f"{address}/reading/")
    choose = """names => {
        const field = document.querySelector("[name=framework]");
        for (field.value of names) field.dispatchEvent(new Event("input", { bubbles: true }));
    }"""
    for names, left in ((["bottle", "", "bottle"], 1), (["", "bottle", ""], COUNT)):
        page.evaluate(choose, names)
        assert shown(page) == left
    links = "[...document.querySelectorAll('.fg-reading--all a')].map((link) => link.href)"
    order = page.evaluate(links)
    page.reload()
    assert page.evaluate(links) == order, "the order is kept"


def test_an_address_with_filters_opens_filtered(page: Page, address: str) -> None:
    page.goto(f"{address}/reading/?framework=flask&q=page+12")
    assert page.input_value("[name=framework]") == "flask"
    assert page.input_value("[name=q]") == "page 12"
    assert 0 < shown(page) < COUNT
    page.goto(f"{address}/reading/?framework=nonsense&level=beginner")
    assert page.input_value("[name=framework]") == ""
    assert shown(page) == 1


def test_the_filters_work_by_keyboard_alone(page: Page, address: str) -> None:
    page.goto(f"{address}/reading/")
    page.focus("[name=q]")
    page.keyboard.type("stranger")
    assert shown(page) == 1
    names = []
    for _ in range(7):
        page.keyboard.press("Tab")
        names.append(page.evaluate("document.activeElement.name || document.activeElement.type"))
    assert names == ["framework", "concept", "level", "kind", "cost", "since", "reset"]
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"
    page.keyboard.press("Enter")
    page.wait_for_function("!location.search")
    assert shown(page) == COUNT
    page.focus("[name=framework]")
    page.keyboard.type("Bot")
    assert shown(page) == 1
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    assert place(page).endswith("/reading/?framework=bottle"), "Enter in the words sends no form"


def test_a_screen_reader_hears_names_and_the_count(page: Page, address: str) -> None:
    page.goto(f"{address}/reading/")
    for role, name in (
        ("search", "Filter the reading list"),
        ("searchbox", "Words"),
        ("combobox", "Framework"),
        ("combobox", "Concept"),
        ("combobox", "Not older than"),
        ("button", "Show all"),
    ):
        assert page.get_by_role(role, name=name).count() == 1  # type: ignore[arg-type]
    assert page.locator("p[role=status]").inner_text() == f"{COUNT} resources"


def test_what_is_left_out_is_neither_seen_nor_heard_nor_reached(page: Page, address: str) -> None:
    page.goto(f"{address}/reading/")
    whole = page.locator(".fg-reading--all")
    assert whole.get_by_role("listitem").count() == COUNT
    page.select_option("[name=framework]", "bottle")
    assert whole.get_by_role("listitem").count() == 1
    entry = page.locator(".fg-reading--all > li:visible")
    list_box, box = whole.bounding_box(), entry.bounding_box()
    assert list_box is not None
    assert box is not None
    assert list_box["height"] == pytest.approx(box["height"], abs=1)
    page.focus(".fg-filter [type=reset]")
    reached = []
    for _ in range(2):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.closest('.fg-reading--all') !== null"))
    assert reached == [True, False]


@pytest.mark.parametrize("name", ["", "reading/", "reading/paths/", "reading/graveyard/"])
def test_a_page_fits_every_window(page: Page, address: str, name: str) -> None:
    page.goto(f"{address}/{name}")
    for window in WINDOWS:
        show(page, window)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), window


def test_without_javascript_all_of_it_is_there(browser: Browser, address: str) -> None:
    with opened(browser, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{address}/reading/")
        assert page.locator(".fg-filter").is_hidden()
        assert page.locator(".fg-reading--all > li:visible").count() == COUNT
        assert count(page) == f"{COUNT} resources"


def test_what_an_entry_says(page: Page, address: str) -> None:
    page.goto(f"{address}/reading/?framework=bottle")
    entry = page.locator(".fg-reading--all > li:visible")
    assert [line for line in entry.inner_text().split("\n") if line] == [
        "Greeting <people> & robots Ada Lovelace",
        "For whoever has never said hello to a stranger.",
        "Mind: It was written before robots could answer.",
        "book · beginner · 120 pages · paid · 2024 · last seen 2026-11-20",
    ]
    assert entry.locator("a").get_attribute("href") == "https://example.org/greeting?a=1&b=2"


def test_a_page_ends_with_the_best_and_the_way_to_all(page: Page, address: str) -> None:
    page.goto(f"{address}/")
    lists = page.locator(".fg-readings")
    assert lists.nth(0).get_by_role("heading").all_inner_texts() == ["Beginner"]
    assert lists.nth(0).locator("li").count() == 1
    assert lists.nth(1).locator("li").count() == 8
    assert "not yet checked" in lists.nth(1).locator("li").first.inner_text()
    lists.nth(1).locator(".fg-reading__all a").click()
    page.wait_for_url(f"{address}/reading/?framework=flask")
    assert page.input_value("[name=framework]") == "flask"


def test_nothing_in_the_graveyard_leads_to_what_does_harm(page: Page, address: str) -> None:
    page.goto(f"{address}/reading/graveyard/")
    row = page.locator(".fg-graveyard tbody tr")
    assert row.locator("a").all_inner_texts() == ["Greeting <people> & robots"]
    assert "https://example.org/sold" in row.inner_text()
    assert "hijacked" in row.inner_text()
    page.goto(f"{address}/reading/")
    assert page.locator("a[href='https://example.org/sold']").count() == 0


def test_a_path_leads_through_a_guide(page: Page, address: str) -> None:
    page.goto(f"{address}/reading/paths/")
    path = page.locator(".fg-path")
    assert path.locator("li > p.fg-resource__head a").all_inner_texts() == [
        "Greeting <people> & robots",
        "Routing",
    ]
    assert "Now see it in every framework." in path.inner_text()
    path.locator("a", has_text="Routing").click()
    page.wait_for_url(f"{address}/concepts/routing/")


def test_500_entries_are_under_60_kilobytes(folder: Path) -> None:
    page = (folder / "reading/index.html").read_bytes()
    assert len(gzip.compress(page)) < 60_000


def test_the_data_is_published(folder: Path) -> None:
    whole = json.loads((folder / "reading.json").read_text("utf-8"))
    assert len(whole["resources"]) == COUNT + 1
    assert not list((folder / "reading").glob("*.yml")), "the files it comes from are not"
