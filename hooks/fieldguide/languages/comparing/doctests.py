"""What counts as equal in a doctest: by doctest's own rules, as it is or after normalising."""

from __future__ import annotations

import doctest
from bisect import bisect_left

from .line import ANYTHING, apart
from .normalise import Kept, normalise
from .other import Other, kept, part

_CHECKER = doctest.OutputChecker()


def holds(want: str, output: str, flags: int, other: Other[str] | None = None) -> bool:
    """By doctest's rules, as it is or after normalising."""
    return _hold(want, output, flags, _kept(want, output, other))


def _hold(want: str, output: str, flags: int, same: Kept) -> bool:
    return _CHECKER.check_output(want, output, flags) or _CHECKER.check_output(
        _normal(want, flags, same), _normal(output, 0, same), flags
    )


def _kept(want: str, output: str, other: Other[str] | None) -> Kept:
    return kept(want.split("\n"), output.split("\n"), part(other, lambda text: text.split("\n")))


def _normal(text: str, flags: int, same: Kept) -> str:
    """Normalised line by line; what stands beside a ``...`` apart from it."""
    if not flags & doctest.ELLIPSIS:
        return "\n".join(normalise(line, same) for line in text.split("\n"))
    return "\n".join(
        ANYTHING.join(normalise(piece, same).removesuffix("\0") for piece in apart(line))
        for line in text.split("\n")
    )


def reached(want: str, output: str, flags: int, other: Other[str] | None = None) -> int:
    """How many of the expected lines the output reaches, whatever follows them."""
    expected, actual = (text.split("\n")[:-1] for text in (want, output))
    same = _kept(want, output, other)
    if not flags & doctest.ELLIPSIS:
        for number, wanted in enumerate(expected):
            line = actual[number] if number < len(actual) else None
            if line is None or not _hold(f"{wanted}\n", f"{line}\n", flags, same):
                return number
        return len(expected)
    # In a doctest "..." may stand for several lines: lines cannot be compared in pairs. Where the
    # output reaches a line, it has reached those before.
    pairs = [(expected, output)]
    pairs += [(_normal(want, flags, same).split("\n")[:-1], _normal(output, 0, same))]

    def beyond(number: int) -> bool:
        starts = (("".join(f"{line}\n" for line in lines[:number]), came) for lines, came in pairs)
        return not any(
            _CHECKER.check_output(f"{start}{ANYTHING}\n", f"{came}\n", flags)
            for start, came in starts
        )

    return bisect_left(range(1, len(expected) + 1), True, key=beyond)
