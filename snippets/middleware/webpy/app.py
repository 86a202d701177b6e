import hmac
import json
import os
import re
import time
from uuid import uuid4

import web

web.config.debug = False  # before the application: it is on by default, and shows tracebacks

urls = (
    "/", "Index",
    "/boom", "Boom",
    "/slow", "Slow",
    "/private", "Private",
)  # fmt: skip
API_KEY = os.environ.get("API_KEY", "for-development-only")
CONNECTIONS = list("abcd")  # in place of a database's


# --8<-- [start:outer]
def outer(handler):
    given = web.ctx.env.get("HTTP_X_REQUEST_ID", "")
    web.ctx.id = given if re.fullmatch("[A-Za-z0-9._-]{1,64}", given) else uuid4().hex
    web.ctx.trace = ["outer"]
    start = time.perf_counter()
    try:
        return handler()
    finally:  # every error arrives here as an exception: 401, 404, 405, 500
        milliseconds = (time.perf_counter() - start) * 1000
        web.ctx.trace.append("outer")
        web.header("X-Request-ID", web.ctx.id)
        web.header("X-Trace", ", ".join(web.ctx.trace))
        web.header("Server-Timing", f"app;dur={milliseconds:.1f}")


# --8<-- [end:outer]
# --8<-- [start:inner]
def inner(handler):
    web.ctx.trace.append("inner")
    key = web.ctx.env.get("HTTP_AUTHORIZATION", "").encode()
    private = web.ctx.path.startswith("/private")
    if private and not hmac.compare_digest(key, f"Bearer {API_KEY}".encode()):
        web.header("WWW-Authenticate", "Bearer")
        raise web.unauthorized()
    connection = CONNECTIONS.pop()
    try:
        return handler()
    finally:
        CONNECTIONS.append(connection)
        web.ctx.trace.append("inner")


# --8<-- [end:inner]
def as_json(value):
    web.header("Content-Type", "application/json")
    return json.dumps(value)


# --8<-- [start:handler]
class Index:
    def GET(self):
        web.ctx.trace.append("handler")
        return as_json({"id": web.ctx.id, "trace": web.ctx.trace, "free": len(CONNECTIONS)})


class Boom:
    def GET(self):
        web.ctx.trace.append("handler")
        raise RuntimeError


# --8<-- [end:handler]
class Slow:
    def GET(self):
        time.sleep(0.02)
        return as_json({})


class Private:
    def GET(self):
        web.ctx.trace.append("handler")
        return as_json({"private": True})


application = web.application(urls, globals())
# --8<-- [start:order]
application.add_processor(outer)
application.add_processor(inner)
# --8<-- [end:order]
app = application.wsgifunc()

if __name__ == "__main__":
    web.httpserver.runsimple(app, ("127.0.0.1", 8000))
