"""From the bytes of a response to the text of a page, and whether all of it is there."""

from __future__ import annotations

import codecs
import re
import zlib

from .. import notes

MAX_BYTES = 2 * 1024 * 1024
"""More of a page is not read; what was read by then is looked at."""

_META = re.compile(rb"<meta\s[^>]{0,500}?charset\s{0,20}=\s{0,20}[\"']?([\w.:-]{1,40})", re.I)
_META_BYTES = 1024
"""Where HTML looks for the name of an encoding."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CHARSETS = re.compile(
    r"utf-?8|utf-16(-?[lb]e)?|us-ascii|iso-?8859-\d+|latin1|windows-\d+|cp\d+|koi8-[ru]|gbk|gb2312|"
    r"gb18030|big5|euc-(jp|kr)|shift[_-]jis|iso-2022-jp|tis-620|macintosh"
)
"""Those that pages use. Python has others, which make much of little or take their time."""
_LATIN = re.compile(r"us-ascii|iso-?8859-1|latin1")
"""What all browsers read as windows-1252: https://encoding.spec.whatwg.org/#names-and-labels"""


def unpacked(body: bytes, encoding: str) -> tuple[bytes, str]:
    """A body as it was before it was packed, and why it is not all of it.

    At most `MAX_BYTES`: few bytes can hold many. Only gzip is asked for.
    """
    name = encoding.strip().lower()
    if name in ("", "identity"):
        return body[:MAX_BYTES], notes.TOO_LONG if len(body) > MAX_BYTES else ""
    if name not in ("gzip", "x-gzip"):
        return b"", notes.packed(name)
    unpacking = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        content = unpacking.decompress(body, MAX_BYTES)
    except zlib.error:
        return b"", notes.NOT_UNPACKED
    if unpacking.eof:
        return content, notes.NOT_UNPACKED if unpacking.unused_data else ""
    return content, notes.TOO_LONG if unpacking.unconsumed_tail else notes.NOT_UNPACKED


def text(body: bytes, charset: str) -> tuple[str, str]:
    """The characters of a page, and why they are not all as they were written.

    Args:
        body: its bytes.
        charset: the encoding that the response names, if any.
    """
    for mark, name in _MARKS:
        if body.startswith(mark):
            return _decoded(body[len(mark) :], name)
    named = charset.strip("\"' ").lower()
    if not named and (match := _META.search(body[:_META_BYTES])):
        named = match[1].decode("ascii", "replace").lower()
        named = "utf-8" if named.startswith("utf-16") else named  # it could not be read if it were
    if not named:
        content, doubt = _decoded(body, "utf-8")
        return (content, "") if not doubt else (body.decode("cp1252", "replace"), "")
    return _decoded(body, "cp1252" if _LATIN.fullmatch(named) else named)


def _decoded(body: bytes, name: str) -> tuple[str, str]:
    if not _CHARSETS.fullmatch(name):
        return body.decode("latin-1"), notes.unread_characters(name)
    try:
        return body.decode(name), ""
    except UnicodeDecodeError:
        return body.decode(name, "replace"), notes.unread_characters(name)
    except LookupError:
        return body.decode("latin-1"), notes.unread_characters(name)
