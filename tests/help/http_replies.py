"""What an application answers to an ``http`` fence, as records and as random JSON."""

from __future__ import annotations

import json

from hypothesis import strategies as st

from fieldguide.languages.http import HTTP, HttpReply
from fieldguide.worker.http.messages import Headers, Request, Response
from fieldguide.worker.http.recorded import exchange

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=4)
    | st.just("..."),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)


def http_reply(*responses: Response) -> HttpReply:
    """The record that a worker would write."""
    request = Request("GET", "/", Headers())
    record = {"exchanges": [exchange(request, response) for response in responses], "broken": None}
    return HTTP.read(json.loads(json.dumps(record)))
