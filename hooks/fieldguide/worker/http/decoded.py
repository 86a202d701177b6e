"""A body as text and as JSON, as a browser reads them: Python alone would read more."""

from __future__ import annotations

import json
import re
from typing import Any

from . import wording

_CHARSETS = re.compile(
    r"utf-?(8|16(-?[lb]e)?)|(us-)?ascii|latin-?1|iso-?8859-(\d|1[0-13-6])|windows-(874|125\d)|cp125\d"
    r"|koi8-[ru]|ibm866|gbk|gb2312|gb18030|big5|euc-(jp|kr)|iso-2022-jp|shift[_-]jis"
)
"""What browsers read, https://encoding.spec.whatwg.org/#names-and-labels. Python knows more, such
as ``unicode_escape``, in which a body is another text than any reader sees."""


def text(body: bytes, charset: str) -> str:
    """The body in that charset; raises AssertionError where it is no text in it."""
    if not _CHARSETS.fullmatch(charset):
        raise AssertionError(wording.unknown_charset(charset))
    try:
        return body.decode(charset)
    except (UnicodeError, LookupError) as error:
        raise AssertionError(wording.not_text(error)) from None


def document(body: bytes, media_type: str) -> Any:
    """The body as JSON of RFC 8259, which is in UTF-8 and has no NaN; raises AssertionError."""
    try:
        return json.loads(body.decode("utf-8"), parse_constant=_no_number)
    except RecursionError:
        why: object = wording.nested_too_deeply()
    except ValueError as error:
        why = error
    raise AssertionError(wording.not_json(body[:60], media_type, why))


def _no_number(name: str) -> None:
    raise ValueError(wording.no_number(name))
