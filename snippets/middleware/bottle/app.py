import hmac
import os
import re
import time
from uuid import uuid4

from bottle import Bottle, HTTPError, request, run

shop = Bottle()
API_KEY = os.environ.get("API_KEY", "for-development-only")
CONNECTIONS = list("abcd")  # in place of a database's


# --8<-- [start:outer]
# --8<-- [start:by-hand]
def outer(wsgi_app):
    """WSGI around Bottle: what a hook sets is lost when the handler raises."""

    def wrapper(environ, start_response):
        given = environ.get("HTTP_X_REQUEST_ID", "")
        harmless = re.fullmatch("[A-Za-z0-9._-]{1,64}", given)
        environ["shop.id"] = given if harmless else uuid4().hex
        trace = environ["shop.trace"] = ["outer"]
        start = time.perf_counter()

        def started(status, headers, exc_info=None):
            milliseconds = (time.perf_counter() - start) * 1000
            trace.append("outer")
            added = [
                ("X-Request-ID", environ["shop.id"]),
                ("X-Trace", ", ".join(trace)),
                ("Server-Timing", f"app;dur={milliseconds:.1f}"),
            ]
            return start_response(status, headers + added, exc_info)

        return wsgi_app(environ, started)

    return wrapper


# --8<-- [end:by-hand]
# --8<-- [end:outer]
# --8<-- [start:inner]
@shop.hook("before_request")  # before the route is looked for
def admit():
    request.environ["shop.trace"].append("inner")
    # `get_header` raises where a header is not UTF-8
    key = request.environ.get("HTTP_AUTHORIZATION", "").encode()
    private = request.path.startswith("/private")
    if private and not hmac.compare_digest(key, f"Bearer {API_KEY}".encode()):
        raise HTTPError(401, WWW_Authenticate="Bearer")
    request.connection = CONNECTIONS.pop()


@shop.hook("after_request")  # whatever came of it
def leave():
    request.environ["shop.trace"].append("inner")
    if hasattr(request, "connection"):
        CONNECTIONS.append(request.connection)


# --8<-- [end:inner]
# --8<-- [start:handler]
@shop.get("/")
def index():
    trace = request.environ["shop.trace"]
    trace.append("handler")
    return {"id": request.environ["shop.id"], "trace": trace, "free": len(CONNECTIONS)}


@shop.get("/boom")
def boom():
    request.environ["shop.trace"].append("handler")
    raise RuntimeError


# --8<-- [end:handler]
@shop.get("/slow")
def slow():
    time.sleep(0.02)
    return {}


@shop.get("/private")
def private():
    request.environ["shop.trace"].append("handler")
    return {"private": True}


# --8<-- [start:order]
app = outer(shop)
# --8<-- [end:order]

if __name__ == "__main__":
    run(app, host="127.0.0.1", port=8000)
