"""Whether a server can have its address: asked before it is built for."""

from __future__ import annotations

import socket

from ...model import Location, Problem
from ..problems import port_taken, port_unfit

_TRIES = 20
"""How many ports above are tried for one to propose."""


def refused(host: str, port: int) -> Problem | None:
    """Why nobody can listen there; None where somebody can."""
    error = _asked(host, port)
    if error is None:
        return None
    at = Location(f"{host}:{port}")
    above = range(port + 1, min(port + _TRIES, 65535) + 1)
    free = next((other for other in above if _asked(host, other) is None), None)
    if free is None:
        return port_unfit(at, error.strerror or str(error))
    return port_taken(at, port, error.strerror or str(error), f"{host}:{free}", free)


def _asked(host: str, port: int) -> OSError | None:
    """What comes of listening there for a moment, as the host of the site would."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind((host, port))
            trial.listen()
    except OSError as error:
        return error
    return None
