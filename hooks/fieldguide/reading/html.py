"""The reading lists in HTML: the lists on pages, the index, the paths and the graveyard."""

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
    listed = recommend.about(resources, name)
    if not listed:
        return element("p", "Nothing is listed here yet.", class_="fg-reading__none")
    parts = [
        _level(level, [item(resource, catalogue.seen.get(resource.id)) for resource in best])
        for level, best in recommend.best(resources, name).items()
    ]
    kind = "framework" if name in catalogue.frameworks else "concept"
    title = catalogue.frameworks.get(name) or catalogue.concepts.get(name, name)
    words = f"All {len(listed)} on {title}" if len(listed) > recommend.MOST else "All reading lists"
    link = page_link(words, f"{INDEX}?{urlencode({kind: name})}")
    more = element("p", link, class_="fg-reading__all")
    return element("div", *parts, more, class_="fg-readings")


def _level(level: str, items: list[Markup]) -> Markup:
    """The resources of one level, under a heading that the page's table of contents leaves out."""
    heading = element(
        "p", level.capitalize(), class_="fg-reading__level", role="heading", aria_level=3
    )
    return fragment(heading, element("ul", *items, class_="fg-reading"))


def item(
    resource: Resource, seen: Seen | None, *, level: bool = False, data: str | None = None
) -> Markup:
    """One resource as an item of a list; ``data`` is what the filters look at."""
    facts = [
        resource.kind,
        *([resource.level] if level else []),
        *([resource.length] if resource.length else []),
    ]
    facts += [_COSTS.get(resource.cost, resource.cost), _year(resource)]
    by = ", ".join(resource.authors)
    if resource.publisher and resource.publisher not in resource.authors:
        by += f" ({resource.publisher})"
    status = fragment(_status(resource), " ") if resource.status != "current" else None
    caveat = None
    if resource.caveat:
        text = fragment(element("b", "Mind:"), " ", claim(resource.caveat))
        caveat = element("p", text, class_="fg-caveat")
    return element(
        "li",
        element("p", status, _link(resource), " ", element("span", by), class_="fg-resource__head"),
        element("p", claim(resource.why), class_="fg-resource__why"),
        caveat,
        element("p", " · ".join(facts), " · ", last_seen(seen), class_="fg-resource__facts"),
        class_="fg-resource",
        data_r=data,
    )


def _link(resource: Resource) -> Markup:
    return element("a", resource.title, href=resource.url)


def _status(resource: Resource) -> Markup:
    return element("b", resource.status, class_="fg-status")


def last_seen(seen: Seen | None) -> Markup:
    """When a machine last saw it alive."""
    if seen is None:
        return fragment("not yet checked")
    if seen.seen is None:
        return fragment("not seen yet, asked for on ", _day(seen.checked))
    return fragment("last seen ", _day(seen.seen))


def _day(day: str) -> Markup:
    return element("time", day, datetime=day)


def _year(resource: Resource) -> str:
    if resource.updated and resource.updated != resource.year:
        return (
            f"{resource.year}, revised {resource.updated}"
            if resource.year
            else f"revised {resource.updated}"
        )
    return str(resource.year) if resource.year else "undated"


def index(catalogue: Catalogue) -> Markup:
    """Everything, with the fields that filter it. The script shows the form: without it, the
    list stands there in full."""
    listed = recommend.everything(catalogue.resources.values())
    used = {
        "framework": {name for resource in listed for name in resource.frameworks},
        "concept": {name for resource in listed for name in resource.concepts},
    }
    kinds = sorted({resource.kind for resource in listed})
    costs = [cost for cost in COSTS if any(resource.cost == cost for resource in listed)]
    years = sorted(
        {year for resource in listed if (year := resource.updated or resource.year)}, reverse=True
    )
    fields = [
        _select("framework", "Framework", _known(catalogue.frameworks, used["framework"])),
        _select("concept", "Concept", _known(catalogue.concepts, used["concept"])),
        _select("level", "Level", {name: name for name in LEVELS}),
        _select("kind", "Kind", {name: name for name in kinds}),
        _select("cost", "Cost", {name: name for name in costs}),
        _select("since", "Not older than", {str(year): str(year) for year in years}),
    ]
    items = [
        item(resource, catalogue.seen.get(resource.id), level=True, data=_data(resource))
        for resource in listed
    ]
    total = count(len(listed), "resource")
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
    unfiltered = element("option", "any", value="")
    select = element("select", unfiltered, *choices, id=id, name=name)
    return element("p", element("label", label, for_=id), select)


def _data(resource: Resource) -> str:
    """What the filters look at, in the order of their fields; short, as every entry has it."""
    year = resource.updated or resource.year or ""
    names = " ".join(resource.frameworks), " ".join(resource.concepts)
    return "|".join((*names, resource.level, resource.kind, resource.cost, str(year)))


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
    """A guide or a resource; None where the site has no such resource."""
    if step.guide is not None and step.guide in guides:
        link, by = page_link(*guides[step.guide]), element("span", "The Field Guide")
        return element("p", link, " ", by, class_="fg-resource__head")
    resource = catalogue.resources.get(step.resource or "")
    if resource is None:
        return None
    by = element("span", ", ".join(resource.authors))
    return fragment(
        element("p", _link(resource), " ", by, class_="fg-resource__head"),
        element("p", claim(resource.why), class_="fg-resource__why"),
    )


def graveyard(catalogue: Catalogue) -> Markup:
    """What is gone: since when, why, and what to read instead. Nothing harmful is linked to."""
    return tables.table(
        "What is gone from the reading lists",
        ("What", "Gone", "Why", "Read instead"),
        (_grave(resource, catalogue) for resource in recommend.gone(catalogue.resources.values())),
        classes="fg-graveyard",
    )


def _grave(resource: Resource, catalogue: Catalogue) -> Markup:
    after = catalogue.resources.get(resource.superseded_by or "")
    instead = [_link(after)] if after else []
    if resource.archive_url:
        instead.append(element("a", "archived copy", href=resource.archive_url))
    by = element("span", ", ".join(resource.authors))
    cells = (
        element("td", _status(resource), f" {resource.ended or ''}"),
        element("td", claim(resource.reason or "")),
        element("td", Markup(", ").join(instead) or "nothing"),
    )
    return tables.row(fragment(resource.title, by, element("code", resource.url)), cells)
