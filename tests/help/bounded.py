"""A block of a test that may take so much of the processor and no more."""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator

SECONDS = 60
"""A hundred times what is needed. What takes the square of its input would take hours."""


class TakesTooLongError(BaseException):
    """No `Exception`, so that nothing on the way takes it for a fault of its own."""


@contextlib.contextmanager
def processor() -> Iterator[None]:
    """Raises `TakesTooLongError` in the block; a busy machine is no reason, as only the
    processor's time counts."""

    def ring(*_: object) -> None:
        raise TakesTooLongError

    before = signal.signal(signal.SIGVTALRM, ring)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
