"""Why an application cannot be judged, from one process to another."""

from __future__ import annotations

import json

from fieldguide.worker.drivers.refused import Refused


def test_a_refusal_carries_what_the_engine_reads() -> None:
    refused = Refused("import", "no module named 'x'", 3, file="app.py")
    assert str(refused) == "no module named 'x'"
    assert refused.record == {
        "kind": "import",
        "message": "no module named 'x'",
        "line": 3,
        "file": "app.py",
    }
    assert Refused("no app", "it exports no `app`").record["line"] is None


def test_it_is_the_same_at_the_other_end() -> None:
    record = json.loads(json.dumps(Refused("exit", "it exits (3)", 2).record))
    assert Refused.of(record).record == record
