"""A port that cannot be had is told, with one that can."""

from __future__ import annotations

import socket

from fieldguide.base.problems import line
from fieldguide.commands.cli.ports import refused


def test_a_port_that_is_free_is_no_problem() -> None:
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = held.getsockname()[1]
    assert refused("127.0.0.1", port) is None


def test_a_port_that_is_taken_is_told_with_one_that_is_free() -> None:
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = held.getsockname()[1]
        problem = refused("127.0.0.1", port)
    assert problem is not None
    assert line(problem).startswith(
        f"127.0.0.1:{port}: nobody can listen at port {port}: Address already in use. "
        "Next: make serve PORT="
    )
    assert "or mkdocs serve --dev-addr 127.0.0.1:" in problem.next


def test_a_host_that_is_not_of_this_machine_is_told() -> None:
    problem = refused("192.0.2.1", 8000)
    assert problem is not None
    assert line(problem).startswith("192.0.2.1:8000: nobody can listen there: ")
    assert problem.next == "correct dev_addr, or name 127.0.0.1:8000"
