"""How much of a stranger's text is worked on: each bound far above what a guide needs.

Whoever sends a page, a data file or a snippet decides how long the engine and the site's own
libraries compute on it, outside of every sandbox. What is over a bound is refused with its place.
The largest page of the guide has 18,000 characters, its longest line 750.
"""

from __future__ import annotations

PAGE = 256 * 1024
"""Characters of a page, with everything that it includes."""
LINE = 5_000
"""Characters of a line of a page."""
BLOCK = 20_000
"""Characters between two blank lines of a page, outside of fences."""
FENCES = 500
"""Fences of a page."""
NESTING = 30
"""Quotes, lists and indentations inside each other, of a page; tables and lists of a data file."""
BRACKETS = 50
"""Square brackets that are open at once, of a page outside of fences."""
INCLUDES = 10
"""Files that include each other, the page not counted."""

FILE = 1024 * 1024
"""Bytes of a snippet's file, a contract or a reading list."""
TABLES = 128 * 1024
"""Bytes of a TOML file."""
KEYS = 20
"""Parts of a key with dots."""
DIGITS = 1_000
"""Digits in a row of a number in a data file."""

WORD = 100
"""Characters of a word that another one may have been meant for."""
KNOWN = 500
"""Words that may have been meant."""

COMPARED = 20_000_000
"""Characters that are looked at for the lines with ``...`` of one expectation."""
MATCHED = 5_000_000
"""Steps for what is alike in two texts; what is left over counts as different."""
