"""Find in the output of a job the stack that its process wrote when its time was over."""

from __future__ import annotations

import re

_STACKS = ("Timeout (", "Stack (most recent call first):\n")
"""The first words of faulthandler's stacks: of a timer's or the watch's, and of one on SIGXCPU."""


def last_stack(output: str) -> tuple[str, list[tuple[str, int]]]:
    """The output without the last stack in it, and the files and lines of that stack.

    The innermost line comes first. Without a stack: all of the output, and no lines. The job may
    have printed one itself, with any number in it.
    """
    begin = max(map(output.rfind, _STACKS))
    if begin < 0:
        return output, []
    lines = re.findall(r'^  File "(.+)", line ([0-9]{1,7}) in ', output[begin:], re.M)
    return output[:begin], [(path, int(line)) for path, line in lines]
