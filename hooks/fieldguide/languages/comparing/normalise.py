"""What differs between two runs of the same thing, made equal: addresses, dates, ports ..."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ...base.text import visible


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that may differ from run to run."""

    name: str
    about: str
    """In words, for whoever writes a page: what is made equal."""
    pattern: re.Pattern[str]
    replacement: str
    """Of the shape of what it replaces, so that ``0x...`` still matches it."""

    def __call__(self, line: str) -> str:
        """The line after this rule alone."""
        return self.pattern.sub(self.replacement, line)


def _rule(name: str, about: str, pattern: str, replacement: str) -> Rule:
    return Rule(name, about, re.compile(pattern, re.VERBOSE), replacement)


_DAY = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
_MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_MONTHS = (
    "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
)
_CLOCK = r"[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:[.,][0-9]+)?"
_HOST = r"(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1?\])"
_HEX = "[0-9a-fA-F]"

COLOUR = _rule(
    "colour",
    "ANSI codes for colours and the cursor, and links of terminals: removed",
    r"\x1b \[ [0-?]* [ -/]* [@-~] | \x1b \] [^\x07\x1b]* (?: \x07 | \x1b\\ )",
    "",
)

RULES: tuple[Rule, ...] = (
    COLOUR,
    _rule(
        "address",
        "addresses of objects: any number after `at 0x`, and elsewhere 9 to 16 digits after `0x`",
        rf"(?<=\bat\ )0x{_HEX}+\b | (?<!\w)0x{_HEX}{{9,16}}\b",
        "0x0",
    ),
    _rule(
        "folder",
        "the temporary folder that the code runs in; the path inside it stays",
        # No system has longer names, or deeper folders with so long names.
        r"(?<![\w./-]) / (?:[\w.+-]{1,255}/){0,60}? fieldguide-[\w-]{1,255}"
        r"(?: / [\w.]{1,255}-[a-z0-9_]{8} (?!\w) )?",
        "/tmp/tmp0",
    ),
    _rule(
        "temporary",
        "the names that `tempfile` makes, `tmp` and 8 random characters, in a path",
        r"(?<=/)tmp[a-z0-9_]{8}(?!\w)",
        "tmp0",
    ),
    _rule(
        "port",
        "the port after localhost, 127.0.0.1, 0.0.0.0, [::1] and [::]",
        rf"(?<![\w.-]) ({_HOST}) : [0-9]{{1,5}} (?![\w.:])",
        r"\1:0",
    ),
    _rule(
        "port in a pair",
        "the port in an address as Python prints it: `('127.0.0.1', 43210)`",
        r"(?<=\() ('(?:localhost|127\.0\.0\.1|0\.0\.0\.0|::1?)',\ ) [0-9]{1,5} (?=[,)])",
        r"\g<1>0",
    ),
    _rule(
        "HTTP date",
        "dates of HTTP headers, cookies and mail: `Tue, 24 Nov 2026 19:19:31 GMT`",
        rf"\b{_DAY},\ [0-9]{{1,2}}[ -]{_MONTH}[ -][0-9]{{4}}\ {_CLOCK}\ (?:GMT|UTC|[+-][0-9]{{4}})"
        r"(?!\w)",
        "Sat, 01 Jan 2000 00:00:00 GMT",
    ),
    _rule(
        "log date",
        "dates of access logs: `24/Nov/2026:19:19:31 +0000`",
        rf"(?<![\w/]) [0-9]{{1,2}}/{_MONTH}/[0-9]{{4}} (?:[: ]{_CLOCK})?"
        r"(?:\ [+-][0-9]{4}\b)? (?![\w/])",
        "01/Jan/2000 00:00:00",
    ),
    _rule(
        "date in words",
        "`Tue Nov 24 19:19:31 2026` and `November 24, 2026 - 19:19:31`",
        rf"\b{_DAY}\ {_MONTH}\ [ ]?[0-9]{{1,2}}\ {_CLOCK}\ [0-9]{{4}}\b"
        rf"| \b{_MONTHS}\ [0-9]{{1,2}},\ [0-9]{{4}}(?:\ -\ {_CLOCK})?(?!\w)",
        "Sat Jan  1 00:00:00 2000",
    ),
    _rule(
        "ISO date",
        "ISO dates: `2026-11-24`",
        r"(?<![\w.-]) [0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01]) (?![0-9-])",
        "2000-01-01",
    ),
    _rule(
        "clock time",
        "times with seconds, with or without a zone: `19:19:31.250`, `19:19:31+00:00`",
        rf"(?: (?<![\w:.]) | (?<=[0-9]T) ) {_CLOCK} (?: Z\b | \ ?[+-][0-9]{{2}}:?[0-9]{{2}}\b )?"
        r"(?![\w:])",
        "00:00:00",
    ),
    _rule(
        "timing",
        "how long something took: seconds with a decimal point, smaller units with or without it",
        r"(?<![\w.,-]) (?: [0-9]+\.[0-9]+ (?=\ ?(?:s|secs?|seconds?)\b)"
        r"| [0-9]+(?:\.[0-9]+)? (?=\ ?(?:ms|[µμu]s|ns|milliseconds?|microseconds?)\b) )",
        "0.0",
    ),
    _rule(
        "uuid",
        "universally unique identifiers",
        rf"(?<![\w-]) {_HEX}{{8}}-(?:{_HEX}{{4}}-){{3}}{_HEX}{{12}} (?![\w-])",
        "00000000-0000-0000-0000-000000000000",
    ),
    _rule(
        "hash",
        "32, 40, 56, 64, 96 or 128 hexadecimal digits in a row with a letter among them",
        r"(?<![A-Za-z0-9]) (?=[0-9]*[a-f])"
        r"(?: [0-9a-f]{32} | [0-9a-f]{40} | [0-9a-f]{56} | [0-9a-f]{64} | [0-9a-f]{96}"
        r"| [0-9a-f]{128} ) (?![A-Za-z0-9])",
        "0" * 32,
    ),
    _rule(
        "process id",
        "the number after `pid` or `process`, and in brackets before a log level",
        r"(?<!\w) ((?i:pid)[ ]?[:=]?[ ]?|[Pp]rocess\ (?=\[)) (\[?) [0-9]+ (\]?) (?![\w.])"
        r"| () (\[) [0-9]+ (\]) (?=\ \[(?:DEBUG|INFO|WARNING|ERROR|CRITICAL)\])",
        r"\1\2\4\g<5>0\3\6",
    ),
    _rule(
        "traceback line",
        'the line number in `File "main.py", line 41`',
        r'(\bFile\ "[^"]+",\ line\ ) [0-9]+',
        r"\g<1>0",
    ),
    _rule(
        "end of line",
        "spaces at the end of a line: removed",
        r"(?<!\s)\s+\Z",
        "",
    ),
)
"""In the order in which they are applied."""


def normalise(line: str) -> str:
    """The line with everything made equal that may differ from run to run."""
    for rule in RULES:
        line = rule(line)
    return line


def plain(output: str) -> str:
    r"""What was printed, as a page can hold it: no colours, control characters as ``\x07``."""
    return visible(COLOUR(output))
