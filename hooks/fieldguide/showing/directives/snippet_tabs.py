"""Snippets on a page: a tab a framework, and in it the files, the run card and the proof."""

from __future__ import annotations

from xml.etree import ElementTree

from ...base.html.markup import element, sentence
from ...model import Cell, Kind, Snippet, Standing
from ..evidence import Evidence
from ..html import marks, proof, run_card, start
from .place import Place


def snippets(place: Place, evidence: Evidence, concept: str) -> None:
    """A tab a framework, by handing an empty tab to the tabs' own processor and filling it."""
    for index, spot in enumerate(evidence.spots(concept)):
        tab = _tab(place, spot.framework.title, first=index == 0)
        if spot.snippet is not None:
            snippet(tab, evidence, spot.snippet)
            continue
        tab.anchor(f"{concept}-{spot.framework.name}")
        declared = evidence.project.impossible.get(f"{concept}/{spot.framework.name}")
        if declared is None:
            tab.element(marks.gap(spot.framework))
        else:
            note(tab, declared)


def _tab(place: Place, title: str, first: bool) -> Place:
    """An empty tab; a block under its title where the site has no tabs."""
    if "tabbed" not in place.parser.blockprocessors:
        block = place.inside(ElementTree.SubElement(place.parent, "div", {"class": "fg-tab"}))
        block.paragraph(title, plain=True)
        return block
    place.markdown(f'{"===!" if first else "==="} "{title}"')
    tab = list(place.parent)[-1][-1]
    tab = tab[-1] if tab.get("class") == "tabbed-content" and len(tab) else tab
    return place.inside(tab)


def snippet(place: Place, evidence: Evidence, shown: Snippet) -> None:
    """One snippet: anchor, code, proof."""
    place.anchor(f"{shown.concept}-{shown.framework}")
    files(place, shown)
    run(place, evidence, shown)
    if shown.cell is not None:
        note(place, shown.cell)
    framework = evidence.project.frameworks[shown.framework]
    result, standing = evidence.results.get(shown.id), evidence.standing(shown)
    kind, page = evidence.kind(shown), evidence.page(shown)
    if page is None:
        deviations = shown.deviations
        place.html(proof.proof(framework, shown.id, standing, result, deviations, kind))
    else:
        place.element(proof.digest(framework, shown.id, standing, result, page, kind))


def files(place: Place, shown: Snippet) -> None:
    """A code block a file."""
    for html in place.code.files(shown):
        place.html(html)


def run(place: Place, evidence: Evidence, shown: Snippet) -> None:
    """How to install, start and serve a snippet, where its versions are known."""
    result = evidence.results.get(shown.id)
    line = run_card.install(result.versions) if result else None
    if result is not None and line and evidence.standing(shown) is not Standing.STALE:
        place.html(line)
        place.html(run_card.development(start.development(shown)))
        server = evidence.project.frameworks[shown.framework].server
        place.html(run_card.production(server, result.served))


def note(place: Place, declared: Cell) -> None:
    """What ``cell.toml`` tells a reader."""
    classes = "fg-cell-note"
    if declared.kind is Kind.NOT_POSSIBLE:
        classes += " fg-cell-note--impossible"
    kind, why = declared.kind, declared.why
    parts = [f"{kind.capitalize()}: {why}"] if kind and why else []
    parts += [f"Instead: {declared.instead}"] if declared.instead else []
    parts += [f"Requires `{declared.requires}`."] if declared.requires else []
    place.html(element("p", sentence(" ".join(parts)), class_=classes))
