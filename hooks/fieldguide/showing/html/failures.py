"""A failure as HTML: what went wrong, where, and what was printed."""

from __future__ import annotations

from markupsafe import Markup

from ...base.html.markup import element, fragment
from ...base.text import tail
from ...model import Failure, Location

_LINES = 12
"""How much of a long text is shown: its end."""


def failure(failed: Failure) -> Markup:
    """Why something did not pass: message, place, values, the end of the traceback."""
    places = [failed.location, *([failed.contract] if failed.contract else [])]
    written = Markup(", ").join(element("code", _written(place)) for place in places)
    values = (("Expected", failed.expected), ("Actual", failed.actual))
    rows = [
        fragment(element("dt", name), element("dd", element("code", value)))
        for name, value in values
        if value is not None
    ]
    following = f"Next: {failed.next}."
    return element(
        "div",
        _message(failed.message),
        element("p", written, class_="fg-failure__location"),
        element("p", following, class_="fg-failure__next") if failed.next else None,
        element("dl", *rows, class_="fg-failure__values") if rows else None,
        printed("traceback", failed.traceback),
        class_="fg-failure",
    )


def reason(text: str) -> Markup:
    """One line in the place of a failure, for what did not pass and has none."""
    return element("div", _message(text), class_="fg-failure")


def printed(name: str, text: str) -> Markup | None:
    """The last lines of a long text, ``output`` or ``traceback``; nothing for none."""
    if not text.strip():
        return None
    return element("pre", element("code", tail(text, _LINES)), class_=f"fg-failure__{name}")


def _message(text: str) -> Markup:
    return element("p", text, class_="fg-failure__message")


def _written(place: Location) -> str:
    return place.path if place.line is None else f"{place.path}:{place.line}"
