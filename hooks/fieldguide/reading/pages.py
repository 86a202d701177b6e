"""Reading lists to HTML. Pure functions; everything that data says is escaped here."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from ..render import claim
from ..text import count, safe
from . import lists
from .model import LEVELS, Catalogue, ReadingPath, Resource, Seen

INDEX = "reading/index.md"
COSTS = ("free", "free online", "free and paid", "paid")
_COSTS = {"free online": "free to read online", "free and paid": "free, more for money"}


def chosen(catalogue: Catalogue, name: str) -> str:
    """The list at the end of a page: at most eight by level, and the way to all of them."""
    resources = catalogue.resources.values()
    every = lists.about(resources, name)
    if not every:
        return '<p class="fg-reading__none">Nothing is listed here yet.</p>'
    parts = []
    for level, those in lists.best(resources, name).items():
        items = "".join(resource(one, catalogue.seen.get(one.id)) for one in those)
        parts.append(
            # A heading, but none for the page's table of contents.
            f'<p class="fg-reading__level" role="heading" aria-level="3">{level.capitalize()}</p>'
            f'<ul class="fg-reading">{items}</ul>'
        )
    kind = "framework" if name in catalogue.frameworks else "concept"
    title = catalogue.frameworks.get(name) or catalogue.concepts.get(name, name)
    query = urlencode({kind: name})
    words = f"All {len(every)} on {title}" if len(every) > lists.MOST else "All reading lists"
    more = (
        f'<p class="fg-reading__all"><a href="" data-fg-doc="{INDEX}?{query}">{safe(words)}</a></p>'
    )
    return f'<div class="fg-readings">{"".join(parts)}{more}</div>'


def resource(one: Resource, seen: Seen | None, *, level: bool = False, data: str = "") -> str:
    """One resource as an item of a list."""
    facts = [one.kind, *([one.level] if level else []), *([one.length] if one.length else [])]
    facts += [_COSTS.get(one.cost, one.cost), _year(one)]
    by = ", ".join(one.authors)
    if one.publisher and one.publisher not in one.authors:
        by += f" ({one.publisher})"
    status = f'<b class="fg-status">{one.status}</b> ' if one.status != "current" else ""
    caveat = f'<p class="fg-caveat"><b>Mind:</b> {claim(one.caveat)}</p>' if one.caveat else ""
    return (
        f'<li class="fg-resource"{data}><p class="fg-resource__head">{status}'
        f'<a href="{safe(one.url)}">{safe(one.title)}</a> <span>{safe(by)}</span></p>'
        f'<p class="fg-resource__why">{claim(one.why)}</p>{caveat}'
        f'<p class="fg-resource__facts">{safe(" · ".join(facts))} · {last_seen(seen)}</p></li>'
    )


def last_seen(seen: Seen | None) -> str:
    """When a machine last saw it alive."""
    if seen is None:
        return "not yet checked"
    if seen.seen is None:
        return f"not seen yet, asked for on {_day(seen.checked)}"
    return f"last seen {_day(seen.seen)}"


def _day(day: str) -> str:
    return f'<time datetime="{safe(day)}">{safe(day)}</time>'


def _year(one: Resource) -> str:
    if one.updated and one.updated != one.year:
        return f"{one.year}, revised {one.updated}" if one.year else f"revised {one.updated}"
    return str(one.year) if one.year else "undated"


def index(catalogue: Catalogue) -> str:
    """Everything, with the fields that filter it. The script shows the form: without it, the
    list stands there in full."""
    every = lists.everything(catalogue.resources.values())
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
    items = "".join(
        resource(one, catalogue.seen.get(one.id), level=True, data=_data(one)) for one in every
    )
    total = count(len(every), "resource")
    return (
        '<form class="fg-filter" role="search" aria-label="Filter the reading list" hidden>'
        '<p class="fg-filter__text"><label for="fg-filter-q">Words</label>'
        '<input id="fg-filter-q" name="q" type="search" autocomplete="off"></p>'
        f"{''.join(fields)}"
        '<p class="fg-filter__end"><button type="reset">Show all</button></p></form>'
        f'<p class="fg-filter__count" role="status">{total}</p>'
        f'<ul class="fg-reading fg-reading--all">{items}</ul>'
    )


def _known(titles: Mapping[str, str], used: set[str]) -> dict[str, str]:
    return {name: title for name, title in titles.items() if name in used}


def _select(name: str, label: str, options: Mapping[str, str]) -> str:
    inner = "".join(
        f'<option value="{safe(value)}">{safe(title)}</option>' for value, title in options.items()
    )
    return (
        f'<p><label for="fg-filter-{name}">{label}</label><select id="fg-filter-{name}" '
        f'name="{name}"><option value="">any</option>{inner}</select></p>'
    )


def _data(one: Resource) -> str:
    """What the filters look at, in the order of their fields; short, as every entry has it."""
    year = one.updated or one.year or ""
    names = " ".join(one.frameworks), " ".join(one.concepts)
    return f' data-r="{safe("|".join((*names, one.level, one.kind, one.cost, str(year))))}"'


def paths(catalogue: Catalogue, guides: Mapping[str, tuple[str, str]]) -> str:
    """The reading paths; ``guides`` has each concept's title and page in the docs folder."""
    parts = "".join(_path(one, catalogue, guides) for one in catalogue.paths)
    return f'<div class="fg-paths">{parts}</div>'


def _path(path: ReadingPath, catalogue: Catalogue, guides: Mapping[str, tuple[str, str]]) -> str:
    steps = []
    for step in path.steps:
        if step.guide is not None and step.guide in guides:
            title, doc = guides[step.guide]
            link = f'<a href="" data-fg-doc="{safe(doc)}">{safe(title)}</a>'
            told = f'<p class="fg-resource__head">{link} <span>The Field Guide</span></p>'
        elif step.resource is not None and step.resource in catalogue.resources:
            one = catalogue.resources[step.resource]
            told = (
                f'<p class="fg-resource__head"><a href="{safe(one.url)}">{safe(one.title)}</a> '
                f"<span>{safe(', '.join(one.authors))}</span></p>"
                f'<p class="fg-resource__why">{claim(one.why)}</p>'
            )
        else:
            continue
        then = f'<p class="fg-path__then">{claim(step.then)}</p>' if step.then else ""
        steps.append(f"<li>{told}{then}</li>")
    return (
        f'<section class="fg-path"><h2 id="{safe(path.id)}">{safe(path.title)}</h2>'
        f"<p>{claim(path.audience)}</p><ol>{''.join(steps)}</ol></section>"
    )


def graveyard(catalogue: Catalogue) -> str:
    """What died, when, why, and what replaced it. Nothing that does harm is linked to."""
    rows = "".join(_grave(one, catalogue) for one in lists.gone(catalogue.resources.values()))
    return (
        '<div class="fg-scroll"><table class="fg-graveyard"><thead><tr><th scope="col">What</th>'
        '<th scope="col">Gone</th><th scope="col">Why</th><th scope="col">Read instead</th></tr>'
        f"</thead><tbody>{rows}</tbody></table></div>"
    )


def _grave(one: Resource, catalogue: Catalogue) -> str:
    after = catalogue.resources.get(one.superseded_by or "")
    instead = f'<a href="{safe(after.url)}">{safe(after.title)}</a>' if after else ""
    if one.archive_url:
        copy = f'<a href="{safe(one.archive_url)}">archived copy</a>'
        instead = f"{instead}, {copy}" if instead else copy
    by = safe(", ".join(one.authors))
    return (
        f'<tr><th scope="row">{safe(one.title)}<span>{by}</span><code>{safe(one.url)}</code></th>'
        f'<td><b class="fg-status">{one.status}</b> {safe(one.ended or "")}</td>'
        f"<td>{claim(one.reason or '')}</td><td>{instead or 'nothing'}</td></tr>"
    )
