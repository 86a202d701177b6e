"""The one table of every page: a caption, named rows and columns, and a region that scrolls."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from .markup import element


def table(
    caption: str,
    columns: Iterable[str],
    rows: Iterable[Markup],
    *,
    classes: str = "fg-table",
    label: str = "",
    searched: bool = True,
) -> Markup:
    """A table in a region that the keyboard reaches and scrolls.

    ``columns`` are the contents of the header cells, the first of them over the rows' own;
    ``rows`` come from `row`. ``label`` names the region where the caption is not enough, and
    ``searched`` says whether the host's search may index what the table holds.
    """
    heads = [element("th", column, scope="col") for column in columns]
    return element(
        "div",
        element(
            "table",
            element("caption", caption, class_="fg-unseen"),
            element("thead", element("tr", *heads)),
            element("tbody", *rows),
            class_=classes,
        ),
        class_="fg-scroll",
        role="region",
        aria_label=label or caption,
        tabindex=0,
        data_search_exclude=not searched,
    )


def row(head: str, cells: Iterable[Markup], *, scope: str = "row", classes: str = "") -> Markup:
    """A row with its header cell; ``cells`` are whole ``td`` elements."""
    return element("tr", element("th", head, scope=scope), *cells, class_=classes or None)
