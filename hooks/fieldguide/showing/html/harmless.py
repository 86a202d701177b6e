"""What of a rendered page a browser would run or fetch: a page may hold prose, code and drawings.

Markdown lets an author write any element and any attribute, through HTML, attribute lists, links
and captions. So what came of a page is looked at, whatever way it came: only names and addresses
that are listed here may stand in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

_NAME = r"[A-Za-z][A-Za-z0-9]*"
_VALUE = r"""(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+))"""
_ATTRIBUTE = rf"\s+([A-Za-z_:][-A-Za-z0-9_:.]*)(?:\s*=\s*{_VALUE})?"
_UNGROUPED = re.sub(r"\((?!\?)", "(?:", _ATTRIBUTE)
_MARKUP = re.compile(
    rf"</?{_NAME}(?:{_UNGROUPED})*\s*/?>|<!--(?!-?>)(?:(?!--!?>|<!--).)*-->", re.DOTALL
)
"""Markup that every browser reads alike. What else starts with ``<`` is refused, so nobody has to
know what a browser makes of it."""
_PARTS = re.compile(_ATTRIBUTE)

_PROSE = """
    a abbr article aside b bdi bdo blockquote br caption cite code col colgroup dd del
    details dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img
    ins kbd li mark ol p picture pre q s samp section small span strong sub summary sup
    table tbody td tfoot th thead time tr u ul var wbr
"""
_OWN = """
    button form input label option select
"""
"""The site's own: tabs, proofs, and the filter of the reading lists."""
_DRAWINGS = """
    circle clippath defs desc ellipse g line lineargradient marker mask path pattern
    polygon polyline radialgradient rect stop svg symbol text textpath title tspan
"""
_ELEMENTS = frozenset(f"{_PROSE} {_OWN} {_DRAWINGS}".split())
_OF_PROSE = """
    abbr align alt autocomplete checked cite class colspan data-clipboard-text data-copy
    data-linenos data-md-type data-r data-search-exclude data-tabs data-title datetime dir
    for headers height hidden href id lang loading markdown name open popover
    popovertarget popovertargetaction rel reversed role rowspan scope span src start style
    tabindex target title type value width
"""
_OF_DRAWINGS = """
    clip-path clip-rule cx cy d dominant-baseline dx dy fill fill-opacity fill-rule
    font-family font-size font-style font-weight fx fy gradienttransform gradientunits
    letter-spacing marker-end marker-mid marker-start markerheight markerunits markerwidth
    mask offset opacity orient paint-order pathlength points preserveaspectratio r refx
    refy rx ry stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset
    stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width
    text-anchor textlength transform vector-effect viewbox x x1 x2 xml:space xmlns y y1 y2
"""
_ATTRIBUTES = frozenset(f"{_OF_PROSE} {_OF_DRAWINGS}".split())
_NAMED = frozenset(("input", "select"))
"""Elements with a ``name``. Others get one only to stand in a script's way."""
_TYPES = frozenset(("button", "checkbox", "radio", "reset", "search"))
"""Of buttons and fields. None of them asks for a secret, or sends anything."""
_SHAPES = """
    display fill font-family font-size font-style font-variant-ligatures font-weight height margin
    max-width stroke text-align width
"""
"""What a ``style`` may set: nothing that moves an element over the rest of the page."""
_PROPERTIES = frozenset(_SHAPES.split())
_FETCHES = re.compile(r"(?i)url\(\s*[\"']?\s*[^#\"'\s]|image|expression|[\\@<]")
_BLANK = re.compile(r"[\x00-\x20]")
_SCHEME = re.compile(r"([^/?#:]*):")
_SCHEMES = frozenset(("http", "https", "mailto"))
_THEMES = re.compile(r"__(?!tabbed_\d+(_\d+)?$|codelineno-|span-)")
"""Ids that the theme's own script looks for: its settings are read from ``__config``."""
_COMPONENT = re.compile(r"md-(?!(code__(button|nav)|button(--primary)?|typeset\w*)$)")
"""Classes of the theme's own parts, some of which lie over the page."""


def harmful(html: str) -> Iterator[tuple[str, str]]:
    """Each thing on the page that is not listed here: in words, and as it is written there."""
    for markup in dict.fromkeys(_MARKUP.findall(html)):
        if not markup.startswith(("</", "<!")):
            yield from _in_tag(markup)
    rest = _MARKUP.sub("", html)
    if "<" in rest:
        start = rest.index("<")
        yield "markup that browsers may read in several ways", rest[start : start + 40]


def _in_tag(tag: str) -> Iterator[tuple[str, str]]:
    match = re.match(rf"<({_NAME})", tag)
    assert match is not None
    element = match[1].lower()
    if element not in _ELEMENTS:
        yield f"the element {element}", f"<{match[1]}"
    for part in _PARTS.finditer(tag, match.end()):
        name = part[1].lower()
        value = unescape(part[2] or part[3] or part[4] or "")
        if name not in _ATTRIBUTES and not name.startswith("aria-"):
            yield f"the attribute {name} of {element}", part[1]
        elif why := _wrong(element, name, value):
            yield why, value.strip()


def _wrong(element: str, name: str, value: str) -> str:
    """What is wrong with the value of an attribute, in words; empty where nothing is."""
    if name in ("href", "src", "cite"):
        return _address(element, name, value)
    if name == "style":
        return "" if _is_quiet(value) else "a style that does more than shape its element"
    if name == "id" and _THEMES.match(value):
        return f"the id {value}, which the theme's script reads"
    if name == "class" and any(map(_COMPONENT.match, value.split())):
        return "a class of the theme's own parts"
    if name == "name" and element not in _NAMED:
        return f"a name of {element}"
    if name == "type" and value.lower() not in _TYPES:
        return f"the {element} of the type {value}"
    if _FETCHES.search(value) and name in ("fill", "stroke", "mask", "clip-path"):
        return f"a {name} from elsewhere"
    return ""


def _address(element: str, name: str, value: str) -> str:
    """An address that runs a script, opens a file, or is fetched from another host."""
    address = _BLANK.sub("", value)
    if "\\" in address or address.startswith("//"):
        return "an address that browsers may read in several ways"
    scheme = _SCHEME.match(address)
    if "@" in address.partition("//")[2].partition("/")[0]:
        return "an address with a user, which looks like a host"
    if name == "src":
        return "a picture of another host" if scheme else ""
    if scheme and scheme[1].lower() not in _SCHEMES:
        return f"an address of {element} that is not of the web"
    return ""


def _is_quiet(style: str) -> bool:
    """Whether it sets only what is listed, and fetches nothing."""
    rules = [rule.partition(":")[0].strip().lower() for rule in style.split(";") if rule.strip()]
    return not _FETCHES.search(style) and all(rule in _PROPERTIES for rule in rules)
