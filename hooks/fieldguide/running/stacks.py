"""Find in the output of a job the stack that its process wrote when its time was over."""

from __future__ import annotations

import re

_STACKS = ("Timeout (", "Stack (most recent call first):\n")
"""The first words of faulthandler's stacks: of a timer's or the watch's, and of one on SIGXCPU."""


def last_stack(output: str) -> tuple[str, list[tuple[str, int]]]:
    """The output without the last stack in it, and the files and lines of that stack.

    The innermost line comes first. Without a stack: all of the output, and no lines.
    """
    begin = max(map(output.rfind, _STACKS))
    if begin < 0:
        return output, []
    lines = re.findall(r'^  File "(.+)", line (\d+) in ', output[begin:], re.M)
    return output[:begin], [(path, int(line)) for path, line in lines]
