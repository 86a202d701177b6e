"""Reading lists to HTML. Pure functions."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from markupsafe import Markup

from ..base.html import tables
from ..base.html.markup import claim, element, fragment, page_link
from ..base.text import count
from . import recommend
from .model import LEVELS, Catalogue, ReadingPath, Resource, Seen, Step

INDEX = "reading/index.md"
COSTS = ("free", "free online", "free and paid", "paid")
_COSTS = {"free online": "free to read online", "free and paid": "free, more for money"}


def chosen(catalogue: Catalogue, name: str) -> Markup:
    """The list at the end of a page: at most eight by level, and the way to all of them."""
    resources = catalogue.resources.values()
    every = recommend.about(resources, name)
    if not every:
        return element("p", "Nothing is listed here yet.", class_="fg-reading__none")
    parts = [
        _level(level, [resource(one, catalogue.seen.get(one.id)) for one in those])
        for level, those in recommend.best(resources, name).items()
    ]
    kind = "framework" if name in catalogue.frameworks else "concept"
    title = catalogue.frameworks.get(name) or catalogue.concepts.get(name, name)
    words = f"All {len(every)} on {title}" if len(every) > recommend.MOST else "All reading lists"
    link = page_link(words, f"{INDEX}?{urlencode({kind: name})}")
    more = element("p", link, class_="fg-reading__all")
    return element("div", *parts, more, class_="fg-readings")


def _level(level: str, items: list[Markup]) -> Markup:
    """The resources of one level, under a heading that the page's table of contents leaves out."""
    heading = element(
        "p", level.capitalize(), class_="fg-reading__level", role="heading", aria_level=3
    )
    return fragment(heading, element("ul", *items, class_="fg-reading"))


def resource(
    one: Resource, seen: Seen | None, *, level: bool = False, data: str | None = None
) -> Markup:
    """One resource as an item of a list; ``data`` is what the filters look at."""
    facts = [one.kind, *([one.level] if level else []), *([one.length] if one.length else [])]
    facts += [_COSTS.get(one.cost, one.cost), _year(one)]
    by = ", ".join(one.authors)
    if one.publisher and one.publisher not in one.authors:
        by += f" ({one.publisher})"
    status = fragment(_status(one), " ") if one.status != "current" else None
    caveat = None
    if one.caveat:
        text = fragment(element("b", "Mind:"), " ", claim(one.caveat))
        caveat = element("p", text, class_="fg-caveat")
    return element(
        "li",
        element("p", status, _link(one), " ", element("span", by), class_="fg-resource__head"),
        element("p", claim(one.why), class_="fg-resource__why"),
        caveat,
        element("p", " · ".join(facts), " · ", last_seen(seen), class_="fg-resource__facts"),
        class_="fg-resource",
        data_r=data,
    )


def _link(one: Resource) -> Markup:
    return element("a", one.title, href=one.url)


def _status(one: Resource) -> Markup:
    return element("b", one.status, class_="fg-status")


def last_seen(seen: Seen | None) -> Markup:
    """When a machine last saw it alive."""
    if seen is None:
        return fragment("not yet checked")
    if seen.seen is None:
        return fragment("not seen yet, asked for on ", _day(seen.checked))
    return fragment("last seen ", _day(seen.seen))


def _day(day: str) -> Markup:
    return element("time", day, datetime=day)


def _year(one: Resource) -> str:
    if one.updated and one.updated != one.year:
        return f"{one.year}, revised {one.updated}" if one.year else f"revised {one.updated}"
    return str(one.year) if one.year else "undated"


def index(catalogue: Catalogue) -> Markup:
    """Everything, with the fields that filter it. The script shows the form: without it, the
    list stands there in full."""
    every = recommend.everything(catalogue.resources.values())
    used = {
        "framework": {name for one in every for name in one.frameworks},
        "concept": {name for one in every for name in one.concepts},
    }
    kinds = sorted({one.kind for one in every})
    costs = [cost for cost in COSTS if any(one.cost == cost for one in every)]
    years = sorted({year for one in every if (year := one.updated or one.year)}, reverse=True)
    fields = [
        _select("framework", "Framework", _known(catalogue.frameworks, used["framework"])),
        _select("concept", "Concept", _known(catalogue.concepts, used["concept"])),
        _select("level", "Level", {name: name for name in LEVELS}),
        _select("kind", "Kind", {name: name for name in kinds}),
        _select("cost", "Cost", {name: name for name in costs}),
        _select("since", "Not older than", {str(year): str(year) for year in years}),
    ]
    items = [
        resource(one, catalogue.seen.get(one.id), level=True, data=_data(one)) for one in every
    ]
    total = count(len(every), "resource")
    return fragment(
        _form(fields),
        element("p", total, class_="fg-filter__count", role="status"),
        element("ul", *items, class_="fg-reading fg-reading--all"),
    )


def _form(fields: list[Markup]) -> Markup:
    """The filters: words, the fields, and the way back to all."""
    words = fragment(
        element("label", "Words", for_="fg-filter-q"),
        element("input", id="fg-filter-q", name="q", type="search", autocomplete="off"),
    )
    end = element("button", "Show all", type="reset")
    return element(
        "form",
        element("p", words, class_="fg-filter__text"),
        *fields,
        element("p", end, class_="fg-filter__end"),
        class_="fg-filter",
        role="search",
        aria_label="Filter the reading list",
        hidden=True,
    )


def _known(titles: Mapping[str, str], used: set[str]) -> dict[str, str]:
    return {name: title for name, title in titles.items() if name in used}


def _select(name: str, label: str, options: Mapping[str, str]) -> Markup:
    id = f"fg-filter-{name}"
    choices = [element("option", title, value=value) for value, title in options.items()]
    every = element("option", "any", value="")
    select = element("select", every, *choices, id=id, name=name)
    return element("p", element("label", label, for_=id), select)


def _data(one: Resource) -> str:
    """What the filters look at, in the order of their fields; short, as every entry has it."""
    year = one.updated or one.year or ""
    names = " ".join(one.frameworks), " ".join(one.concepts)
    return "|".join((*names, one.level, one.kind, one.cost, str(year)))


def paths(catalogue: Catalogue, guides: Mapping[str, tuple[str, str]]) -> Markup:
    """The reading paths; ``guides`` has each concept's title and page in the docs folder."""
    parts = (_path(path, catalogue, guides) for path in catalogue.paths)
    return element("div", *parts, class_="fg-paths")


def _path(path: ReadingPath, catalogue: Catalogue, guides: Mapping[str, tuple[str, str]]) -> Markup:
    steps = []
    for step in path.steps:
        shown = _step(step, catalogue, guides)
        if shown is not None:
            then = element("p", claim(step.then), class_="fg-path__then") if step.then else None
            steps.append(element("li", shown, then))
    return element(
        "section",
        element("h2", path.title, id=path.id),
        element("p", claim(path.audience)),
        element("ol", *steps),
        class_="fg-path",
    )


def _step(step: Step, catalogue: Catalogue, guides: Mapping[str, tuple[str, str]]) -> Markup | None:
    """A guide or a resource; None where the site has no such one."""
    if step.guide is not None and step.guide in guides:
        link, by = page_link(*guides[step.guide]), element("span", "The Field Guide")
        return element("p", link, " ", by, class_="fg-resource__head")
    one = catalogue.resources.get(step.resource or "")
    if one is None:
        return None
    by = element("span", ", ".join(one.authors))
    return fragment(
        element("p", _link(one), " ", by, class_="fg-resource__head"),
        element("p", claim(one.why), class_="fg-resource__why"),
    )


def graveyard(catalogue: Catalogue) -> Markup:
    """What died, when, why, and what replaced it. Nothing that does harm is linked to."""
    return tables.table(
        "What is gone from the reading lists",
        ("What", "Gone", "Why", "Read instead"),
        (_grave(one, catalogue) for one in recommend.gone(catalogue.resources.values())),
        classes="fg-graveyard",
    )


def _grave(one: Resource, catalogue: Catalogue) -> Markup:
    after = catalogue.resources.get(one.superseded_by or "")
    instead = [_link(after)] if after else []
    if one.archive_url:
        instead.append(element("a", "archived copy", href=one.archive_url))
    by = element("span", ", ".join(one.authors))
    cells = (
        element("td", _status(one), f" {one.ended or ''}"),
        element("td", claim(one.reason or "")),
        element("td", Markup(", ").join(instead) or "nothing"),
    )
    return tables.row(fragment(one.title, by, element("code", one.url)), cells)
