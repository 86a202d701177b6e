"""Where a process stood when its time was over."""

from __future__ import annotations

import re

_STACKS = ("Timeout (", "Stack (most recent call first):\n")
"""How a stack begins that faulthandler writes: when a timer or the watch asks; on SIGXCPU."""


def last_stack(output: str) -> tuple[str, list[tuple[str, int]]]:
    """What was written before a process told where it stood when its time was over, and the files
    and lines that it told, the innermost first; all of the output and none where it told nothing.
    """
    begin = max(map(output.rfind, _STACKS))
    if begin < 0:
        return output, []
    lines = re.findall(r'^  File "(.+)", line (\d+) in ', output[begin:], re.M)
    return output[:begin], [(path, int(line)) for path, line in lines]
