"""What may differ between two runs of the same thing, found and made equal: addresses, dates ..."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import Enum, auto

from ...base.text import visible


class Cause(Enum):
    """Why something differs from run to run; it says what a second run can show."""

    RUN = auto()
    """Every run has another one; no code can say which."""
    CHANCE = auto()
    """Two runs have the same one only where the code determines it."""
    CLOCK = auto()
    """The same, if the clock was another one."""
    DURATION = auto()
    """The same, if it is longer than the run: two measured times may be equal when rounded."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that may differ from run to run."""

    name: str
    about: str
    """In words, for whoever writes a page: what is made equal."""
    pattern: re.Pattern[str]
    replacement: str
    """Of the shape of what it replaces, so that ``0x...`` still matches it."""
    cause: Cause

    def __call__(self, line: str) -> str:
        """The line after this rule alone."""
        return self.pattern.sub(self.replacement, line)


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a line that a rule knows; spans are equal by rule and text, wherever they stand."""

    rule: Rule
    text: str


def _rule(name: str, about: str, pattern: str, replacement: str, cause: Cause = Cause.RUN) -> Rule:
    return Rule(name, about, re.compile(pattern, re.VERBOSE), replacement, cause)


_DAY = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
_MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_MONTHS = (
    "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
)
_CLOCK = r"[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:[.,][0-9]+)?"
_HOST = r"(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1?\])"
_HEX = "[0-9a-fA-F]"
_AFTER = " ])',GMTaceilmnorsuµμ"
"""What may follow the digits of what is made equal: there it keeps its shape, too."""

COLOUR = _rule(
    "colour",
    "ANSI codes for colours and the cursor, and links of terminals: removed",
    r"\x1b \[ [0-?]* [ -/]* [@-~] | \x1b \] [^\x07\x1b]* (?: \x07 | \x1b\\ )",
    "",
)

_TRACEBACK = _rule(
    "traceback line",
    'the line number in `File "main.py", line 41`',
    r'(\bFile\ "[^"]+",\ line\ ) [0-9]+',
    r"\g<1>0",
)
_END = _rule("end of line", "spaces at the end of a line: removed", r"(?<!\s)\s+\Z", "")

RULES: tuple[Rule, ...] = (
    COLOUR,
    _rule(
        "address",
        "addresses of objects: any number after `at 0x`, and elsewhere 9 to 16 digits after `0x`",
        rf"(?<=\bat\ )0x{_HEX}+\b | (?<!\w)0x{_HEX}{{9,16}}\b",
        "0x0",
        Cause.CHANCE,
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
        Cause.CHANCE,
    ),
    _rule(
        "port in a pair",
        "the port in an address as Python prints it: `('127.0.0.1', 43210)`",
        r"(?<=\() ('(?:localhost|127\.0\.0\.1|0\.0\.0\.0|::1?)',\ ) [0-9]{1,5} (?=[,)])",
        r"\g<1>0",
        Cause.CHANCE,
    ),
    _rule(
        "HTTP date",
        "dates of HTTP headers, cookies and mail: `Tue, 24 Nov 2026 19:19:31 GMT`",
        rf"\b{_DAY},\ [0-9]{{1,2}}[ -]{_MONTH}[ -][0-9]{{4}}\ {_CLOCK}\ (?:GMT|UTC|[+-][0-9]{{4}})"
        r"(?!\w)",
        "Sat, 01 Jan 2000 00:00:00 GMT",
        Cause.CLOCK,
    ),
    _rule(
        "log date",
        "dates of access logs: `24/Nov/2026:19:19:31 +0000`",
        rf"(?<![\w/]) [0-9]{{1,2}}/{_MONTH}/[0-9]{{4}} (?:[: ]{_CLOCK})?"
        r"(?:\ [+-][0-9]{4}\b)? (?![\w/])",
        "01/Jan/2000 00:00:00",
        Cause.CLOCK,
    ),
    _rule(
        "date in words",
        "`Tue Nov 24 19:19:31 2026`, also with a zone before the year, and "
        "`November 24, 2026 - 19:19:31`",
        rf"\b{_DAY}\ {_MONTH}\ [ ]?[0-9]{{1,2}}\ {_CLOCK}(?:\ [A-Z]{{3,5}})?\ [0-9]{{4}}\b"
        rf"| \b{_MONTHS}\ [0-9]{{1,2}},\ [0-9]{{4}}(?:\ -\ {_CLOCK})?(?!\w)",
        "Sat Jan  1 00:00:00 2000",
        Cause.CLOCK,
    ),
    _rule(
        "ISO date",
        "ISO dates: `2026-11-24`",
        r"(?<![\w.-]) [0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01]) (?![0-9-])",
        "2000-01-01",
        Cause.CLOCK,
    ),
    _rule(
        "clock time",
        "times with seconds, with or without a zone: `19:19:31.250`, `19:19:31+00:00`",
        rf"(?: (?<![\w:.]) | (?<=[0-9]T) ) {_CLOCK} (?: Z\b | \ ?[+-][0-9]{{2}}:?[0-9]{{2}}\b )?"
        r"(?![\w:])",
        "00:00:00",
        Cause.CLOCK,
    ),
    _rule(
        "timing",
        "how long something took: seconds with a decimal point, smaller units with or without it",
        r"(?<![\w.,-]) (?: [0-9]+\.[0-9]+ (\ ?(?:s|secs?|seconds?)\b)"
        r"| [0-9]+(?:\.[0-9]+)? (\ ?(?:ms|[µμu]s|ns|milliseconds?|microseconds?)\b) )",
        r"0.0\1\2",
        Cause.DURATION,
    ),
    _rule(
        "uuid",
        "universally unique identifiers",
        rf"(?<![\w-]) {_HEX}{{8}}-(?:{_HEX}{{4}}-){{3}}{_HEX}{{12}} (?![\w-])",
        "00000000-0000-0000-0000-000000000000",
        Cause.CHANCE,
    ),
    _rule(
        "hash",
        "32, 40, 56, 64, 96 or 128 hexadecimal digits in a row with a letter among them",
        r"(?<![A-Za-z0-9]) (?=[0-9]*[a-f])"
        r"(?: [0-9a-f]{32} | [0-9a-f]{40} | [0-9a-f]{56} | [0-9a-f]{64} | [0-9a-f]{96}"
        r"| [0-9a-f]{128} ) (?![A-Za-z0-9])",
        "0" * 32,
        Cause.CHANCE,
    ),
    _rule(
        "process id",
        "the number after `pid` or `process`, and in brackets before a log level",
        r"(?<!\w) ((?i:pid)[ ]?[:=]?[ ]?|[Pp]rocess\ (?=\[)) (\[?) [0-9]+ (\]?) (?![\w.])"
        r"| () (\[) [0-9]+ (\]) (?=\ \[(?:DEBUG|INFO|WARNING|ERROR|CRITICAL)\])",
        r"\1\2\4\g<5>0\3\6",
    ),
    _TRACEBACK,
    _END,
)
"""In the order in which they are asked."""


MARK = "\x01"
"""Stands in whatever was made equal, so that nothing that is compared as it is can be the same: no
output has it after `plain`."""
Kept = Collection[Span]
"""What is compared as it is, whatever it looks like."""
NOTHING: Kept = frozenset()


def normalise(line: str, kept: Kept = NOTHING) -> str:
    """The line with everything made equal that may differ from run to run, but for what is kept."""
    line, parts, at = _shown(line), [], 0
    for match, rule in _found(line):
        if Span(rule, match[0]) not in kept:
            equal = match.expand(rule.replacement)
            shape = equal.rstrip(_AFTER)
            parts += [line[at : match.start()], shape, MARK, equal[len(shape) :]]
            at = match.end()
    return _END("".join([*parts, line[at:]]))


def spans(line: str) -> Iterator[Span]:
    """What the rules know of a line, from left to right."""
    for match, rule in _found(_shown(line)):
        yield Span(rule, match[0])


def _shown(line: str) -> str:
    """The line after the rules whose places may hold those of others."""
    return _TRACEBACK(COLOUR(line))


def _found(line: str) -> list[tuple[re.Match[str], Rule]]:
    """What the rules find in a line, in its order. Where two meet, the earlier rule has it."""
    found: list[tuple[re.Match[str], Rule]] = []
    for rule in RULES:
        if rule in (COLOUR, _TRACEBACK, _END):
            continue
        starts = [match.start() for match, _ in found]
        new = []
        for match in rule.pattern.finditer(line):
            next_one = bisect_left(starts, match.start())
            free_before = not next_one or found[next_one - 1][0].end() <= match.start()
            if free_before and (next_one == len(starts) or match.end() <= starts[next_one]):
                new.append((match, rule))
        if new:
            found = sorted([*found, *new], key=lambda item: item[0].start())
    return found


def plain(output: str) -> str:
    r"""What was printed, as a page can hold it: no colours, control characters as ``\x07``."""
    return visible(COLOUR(output))
