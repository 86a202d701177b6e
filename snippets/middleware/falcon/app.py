import asyncio
import hmac
import os
import re
import time
from uuid import uuid4

import falcon
import falcon.asgi
import uvicorn

API_KEY = os.environ.get("API_KEY", "for-development-only")
CONNECTIONS = list("abcd")  # in place of a database's


# --8<-- [start:outer]
class Outer:
    async def process_request(self, req, resp):
        given = req.get_header("X-Request-ID", default="")
        harmless = re.fullmatch("[A-Za-z0-9._-]{1,64}", given)
        req.context.id = given if harmless else uuid4().hex
        req.context.trace = ["outer"]
        req.context.start = time.perf_counter()

    async def process_response(self, req, resp, resource, req_succeeded):
        milliseconds = (time.perf_counter() - req.context.start) * 1000
        req.context.trace.append("outer")
        resp.set_header("X-Request-ID", req.context.id)
        resp.set_header("X-Trace", ", ".join(req.context.trace))
        resp.set_header("Server-Timing", f"app;dur={milliseconds:.1f}")


# --8<-- [end:outer]
# --8<-- [start:inner]
class Inner:
    async def process_request(self, req, resp):
        req.context.trace.append("inner")
        key = req.get_header("Authorization", default="").encode()
        private = req.path.startswith("/private")
        if private and not hmac.compare_digest(key, f"Bearer {API_KEY}".encode()):
            raise falcon.HTTPUnauthorized(challenges=["Bearer"])
        req.context.connection = CONNECTIONS.pop()

    async def process_response(self, req, resp, resource, req_succeeded):
        req.context.trace.append("inner")
        if "connection" in req.context:
            CONNECTIONS.append(req.context.connection)


# --8<-- [end:inner]
# --8<-- [start:handler]
class Index:
    async def on_get(self, req, resp):
        req.context.trace.append("handler")
        resp.media = {
            "id": req.context.id,
            "trace": list(req.context.trace),  # it is made into JSON on the way out
            "free": len(CONNECTIONS),
        }


class Boom:
    async def on_get(self, req, resp):
        req.context.trace.append("handler")
        raise RuntimeError


# --8<-- [end:handler]
class Slow:
    async def on_get(self, req, resp):
        await asyncio.sleep(0.02)
        resp.media = {}


class Private:
    async def on_get(self, req, resp):
        req.context.trace.append("handler")
        resp.media = {"private": True}


# --8<-- [start:order]
app = falcon.asgi.App(middleware=[Outer(), Inner()])
# --8<-- [end:order]
app.add_route("/", Index())
app.add_route("/boom", Boom())
app.add_route("/slow", Slow())
app.add_route("/private", Private())

if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=8000)
