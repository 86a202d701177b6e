"""HTML out of elements: every text is escaped unless it is `Markup`, which is finished HTML.

Links to pages carry ``data-fg-doc``, a path inside the docs folder; the Markdown extension turns
it into a link that is right on its page.
"""

from __future__ import annotations

import re
from html import escape as escaped

from markupsafe import Markup

from ..text import code_spans, visible

DOC = "data-fg-doc"
"""The attribute of a link that holds a path inside the docs folder."""

_LINK = re.compile(r"\[([^\[\]]+)\]\((https?://[^\s()<>\"]+)\)")
_PAGE = re.compile(r"(?i)https?://|[^\0- :]*(?:[/?#]|\Z)")
"""How the address of a page begins: with the web's schemes, or with no scheme at all."""
_WITHOUT_END = frozenset({"br", "hr", "img", "input"})


def escape(text: str) -> Markup:
    """Text from anywhere as HTML, control characters made visible; `Markup` as it is."""
    return text if isinstance(text, Markup) else Markup(escaped(visible(text)))


def fragment(*children: str | None) -> Markup:
    """Several pieces in a row: `Markup` as it is, text escaped, None left out."""
    return Markup("".join(escape(child) for child in children if child is not None))


def element(tag: str, /, *children: str | None, **attributes: str | int | bool | None) -> Markup:
    """``element("p", text, class_="note")``: an element, its texts and attributes escaped.

    In an attribute's name ``_`` stands for ``-``, and one at the end is dropped. True writes the
    name alone; None and False leave the attribute out.
    """
    opening = "".join(_attribute(name, value) for name, value in attributes.items())
    if tag in _WITHOUT_END:
        return Markup(f"<{tag}{opening}>")
    return Markup(f"<{tag}{opening}>{fragment(*children)}</{tag}>")


def _attribute(name: str, value: str | int | bool | None) -> str:
    """One attribute; its value is always escaped, `Markup` too. An address that leads to no page,
    as ``javascript:`` does, is left out."""
    if value is None or value is False:
        return ""
    name = name.removesuffix("_").replace("_", "-")
    if name in ("href", "src") and not _PAGE.match(str(value)):
        return ""
    return f" {name}" if value is True else f' {name}="{escaped(visible(str(value)))}"'


def page_link(content: str, doc: str | None) -> Markup:
    """A link to a page, ``doc`` being its path in the docs folder; without one the content."""
    if not doc:
        return escape(content)
    return element("a", content, href="", **{DOC: doc})


def sentence(text: str) -> Markup:
    """Words of a data file: plain text but for inline code and ``[links](https://...)``."""
    code = [range(start, end) for start, end, _ in code_spans(text)]
    pieces: list[Markup] = []
    at = 0
    for link in _LINK.finditer(text):
        if not any(link.start() in span for span in code):
            pieces += [claim(text[at : link.start()]), element("a", claim(link[1]), href=link[2])]
            at = link.end()
    return fragment(*pieces, claim(text[at:]))


def claim(text: str) -> Markup:
    """A claim: plain text but for its inline code."""
    pieces: list[Markup] = []
    at = 0
    for start, end, marks in code_spans(text):
        code = text[start + marks : end - marks].strip()
        pieces += [escape(text[at:start]), element("code", code)]
        at = end
    return fragment(*pieces, escape(text[at:]))
