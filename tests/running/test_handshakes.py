"""A handshake that switches protocols proves nothing of what comes after it."""

from __future__ import annotations

from pathlib import Path

import pytest
from miniature import by_id, miniature

from fieldguide.commands.verify.options import VerifyOptions
from fieldguide.commands.verify.run import verify
from fieldguide.model import Outcome
from fieldguide.running.sandbox import Mode

CONTRACT = '''
def test_it_switches(client):
    """`/ws` switches to WebSocket."""
    response = client.get(
        "/ws",
        headers={
            "Connection": "Upgrade",
            "Upgrade": "websocket",
            "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        },
    )
    assert response.status == 101
'''
APP = """
from tornado import web, websocket


class Crashes(websocket.WebSocketHandler):
    def open(self):
        raise RuntimeError("after the handshake")


app = web.Application([("/ws", Crashes)])
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    files = {"handshake/contract.py": CONTRACT, "handshake/tornado/app.py": APP}
    return miniature(tmp_path_factory.mktemp("handshake"), ["tornado"], files, preload=False)


@pytest.mark.parametrize(
    "options",
    [
        VerifyOptions(mode=Mode.OFF),
        VerifyOptions(mode=Mode.STRICT),
        VerifyOptions(server=True),
    ],
    ids=["in process", "judge apart", "sockets"],
)
def test_a_handler_that_crashes_after_its_handshake_does_not_pass(
    options: VerifyOptions, root: Path
) -> None:
    result = by_id(verify(root, ["handshake"], options))["handshake/tornado"]
    (check,) = result.checks
    assert check.outcome is Outcome.FAILED
    assert check.failure is not None
    assert "101 is no answer yet" in check.failure.message
