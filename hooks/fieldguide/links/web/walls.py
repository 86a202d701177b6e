"""Pages that stand where another was asked for: challenges to robots, and stubs that lead on."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

from .. import notes

_HEAD = re.compile(
    r"just a moment|one moment,? please|attention required|checking (your|if the site|the site)|"
    r"(are you|you are|you.re) (a |not a )?(robot|bot|human)|"
    r"(verify|confirm|prov)\w{0,5} (that )?you(.re| are)|(human|bot) verification|"
    r"security (check|verification)|ddos[ -](guard|protection)|pardon our interruption|"
    r"unusual traffic|please wait|access denied|captcha",
    re.IGNORECASE,
)
"""What the titles and headings of challenges say."""
_MARKS = re.compile(
    r"_cf_chl_|cf-chl-|challenge-form|_incapsula_|incapsula incident|captcha-delivery\.com|"
    r"px-captcha|sucuri_cloudproxy|awswafcookie|aws-waf-token|anubis_challenge|bm-verify",
    re.IGNORECASE,
)
"""What their programs are called. ``cdn-cgi/challenge-platform`` is in Cloudflare's every page."""
_TEXT = re.compile(
    r"checking (your browser|if the site)|(you are|you.re) not a (robot|bot)|"
    r"(verify|confirm|prov)\w{0,5} (that )?you(.re| are)|"
    r"(enable|turn on|requires?|needs?|activate|without) (java ?script|cookies)|"
    r"g-recaptcha|h-captcha|hcaptcha\.com|challenges\.cloudflare\.com",
    re.IGNORECASE,
)
"""What challenges say, and what other pages may say as well."""
_AT_ONCE_SECONDS = 10
"""A page that leads on after more time is one to be read."""


def stands_for(tree: LexborHTMLParser, html: str, head: str) -> str:
    """Why a short page is not the one that was asked for; nothing where it may be.

    Args:
        tree: the page.
        html: its source.
        head: its title and its heading.
    """
    if _leads_on(tree):
        return notes.LEADS_ON
    shown = tree.body.text(separator=" ") if tree.body else ""
    if _HEAD.search(head) or _MARKS.search(html):
        return notes.CHALLENGE
    if _TEXT.search(" ".join(shown.split())) or _TEXT.search(html):
        return notes.PERHAPS_CHALLENGE
    return ""


def _leads_on(tree: LexborHTMLParser) -> bool:
    """Whether it has the browser go to another page at once."""
    for node in tree.css("meta[http-equiv][content]"):
        name, content = (node.attributes.get(key) or "" for key in ("http-equiv", "content"))
        match = re.match(r"\s*(\d{0,9})[\d.]*\s*[;,]?\s*(url)?", content, re.I | re.ASCII)
        if name.strip().lower() == "refresh" and match and match[2]:
            return int(match[1] or 0) <= _AT_ONCE_SECONDS
    return False
