"""Small marks: how something stands, who does the work, a missing snippet, a mistake of a page."""

from __future__ import annotations

from markupsafe import Markup

from ...base.html.markup import element, page_link
from ...base.problems import line as problem_line
from ...model import Framework, Kind, Problem

CONTRIBUTING = "about/contributing.md"
"""The page that says how to write what is missing."""


def badge(words: str) -> Markup:
    """How something stands, in the first place of its line."""
    return element("span", words, class_="fg-badge")


def kind_mark(kind: Kind) -> Markup:
    """The name of a kind with its sign."""
    return element("span", kind, class_=f"fg-kind fg-kind--{kind.replace(' ', '-')}")


def gap(framework: Framework) -> Markup:
    """What stands in the place of a missing snippet."""
    link = page_link("Write it", CONTRIBUTING)
    text = element("p", f"No {framework.title} snippet yet. ", link, ".")
    return element("div", text, class_="fg-gap")


def problem(shown: Problem) -> Markup:
    """A mistake in the page's own source, shown where it stands."""
    return element(
        "div",
        element("p", "Problem", class_="admonition-title"),
        element("p", problem_line(shown)),
        class_="admonition failure fg-problem",
    )
