"""Who listens on this machine, as /proc says it."""

from __future__ import annotations

import os
import socket

import pytest

from fieldguide.worker.fences import listening

pytestmark = pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="it needs /proc")


def test_a_socket_is_seen_once_it_listens() -> None:
    before = listening.sockets()
    assert before is not None
    with socket.socket() as own:
        own.bind(("127.0.0.1", 0))
        bound = listening.sockets()
        own.listen()
        after = listening.sockets()
        inode = os.readlink(f"/proc/self/fd/{own.fileno()}").removeprefix("socket:[").rstrip("]")
        assert bound is not None
        assert after is not None
        assert inode not in bound
        assert inode in after
        assert listening.held({inode}, [os.getpid()])
        assert not listening.held({inode}, [os.getppid()])
        assert not listening.held(set(), [os.getpid()])


def test_who_holds_a_port_is_said_where_it_is_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as own:
        port = own.getsockname()[1]
        said = listening.taken(f"serve {port}\nOSError: [Errno 98] Address already in use")
        assert said.startswith(f"port {port} is held by ")
        assert said.endswith(f", process {os.getpid()} of this machine")
        assert listening.taken(f"Port {port} is in use by another program.") == said
        assert listening.taken(f"serve {port}") == ""
    assert listening.taken(f"serve {port}: address already in use") == ""
