"""What counts as equal in a doctest: by doctest's own rules, as it is or after normalising."""

from __future__ import annotations

import doctest
from bisect import bisect_left

from .line import ANYTHING
from .normalise import normalise

_CHECKER = doctest.OutputChecker()


def holds(want: str, output: str, flags: int) -> bool:
    """By doctest's rules, as it is or after normalising."""
    return _CHECKER.check_output(want, output, flags) or _CHECKER.check_output(
        _normal(want, flags), _normal(output, 0), flags
    )


def _normal(text: str, flags: int) -> str:
    """Normalised line by line; what stands beside a ``...`` apart from it."""
    mark = ANYTHING if flags & doctest.ELLIPSIS else "\n"
    return "\n".join(
        # With a NUL at its end a piece keeps the spaces before the "...".
        mark.join(
            [
                *(normalise(f"{piece}\0")[:-1] for piece in line.split(mark)[:-1]),
                normalise(line.split(mark)[-1]),
            ]
        )
        for line in text.split("\n")
    )


def reached(want: str, output: str, flags: int) -> int:
    """How many of the expected lines the output reaches, whatever follows them."""
    expected, actual = (text.split("\n")[:-1] for text in (want, output))
    if not flags & doctest.ELLIPSIS:
        for number, wanted in enumerate(expected):
            line = actual[number] if number < len(actual) else None
            if line is None or not holds(f"{wanted}\n", f"{line}\n", flags):
                return number
        return len(expected)
    # In a doctest "..." may stand for several lines: lines cannot be compared in pairs. Where the
    # output reaches a line, it has reached those before.
    pairs = [(expected, output)]
    pairs += [(_normal(want, flags).split("\n")[:-1], _normal(output, 0))]

    def beyond(number: int) -> bool:
        starts = (("".join(f"{line}\n" for line in lines[:number]), came) for lines, came in pairs)
        return not any(
            _CHECKER.check_output(f"{start}{ANYTHING}\n", f"{came}\n", flags)
            for start, came in starts
        )

    return bisect_left(range(1, len(expected) + 1), True, key=beyond)
