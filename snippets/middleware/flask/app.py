import hmac
import os
import re
import time
from uuid import uuid4

from flask import Flask, Response, g, request

app = Flask(__name__)
API_KEY = os.environ.get("API_KEY", "for-development-only")
CONNECTIONS = list("abcd")  # in place of a database's


# --8<-- [start:outer]
@app.before_request
def begin():
    given = request.headers.get("X-Request-ID", "")
    g.request_id = given if re.fullmatch("[A-Za-z0-9._-]{1,64}", given) else uuid4().hex
    g.trace = ["outer"]
    g.start = time.perf_counter()


@app.after_request  # the last one registered runs first
def end(response):
    milliseconds = (time.perf_counter() - g.start) * 1000
    g.trace.append("outer")
    response.headers["X-Request-ID"] = g.request_id
    response.headers["X-Trace"] = ", ".join(g.trace)
    response.headers["Server-Timing"] = f"app;dur={milliseconds:.1f}"
    return response


# --8<-- [end:outer]
# --8<-- [start:inner]
@app.before_request
def admit():
    g.trace.append("inner")
    key = request.headers.get("Authorization", "").encode()
    private = request.path.startswith("/private")
    if private and not hmac.compare_digest(key, f"Bearer {API_KEY}".encode()):
        return Response(status=401, headers={"WWW-Authenticate": "Bearer"})
    g.connection = CONNECTIONS.pop()


@app.after_request
def leave(response):
    g.trace.append("inner")
    return response


@app.teardown_request  # also where an `after_request` has raised
def give_back(error):
    if "connection" in g:
        CONNECTIONS.append(g.pop("connection"))


# --8<-- [end:inner]
# --8<-- [start:handler]
@app.get("/")
def index():
    g.trace.append("handler")
    return {"id": g.request_id, "trace": g.trace, "free": len(CONNECTIONS)}


@app.get("/boom")
def boom():
    g.trace.append("handler")
    raise RuntimeError


# --8<-- [end:handler]
@app.get("/slow")
def slow():
    time.sleep(0.02)
    return {}


@app.get("/private")
def private():
    g.trace.append("handler")
    return {"private": True}


if __name__ == "__main__":
    app.run(port=8000)
