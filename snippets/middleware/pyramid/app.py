import hmac
import logging
import os
import re
import time
from uuid import uuid4

from pyramid.config import Configurator
from pyramid.exceptions import URLDecodeError
from pyramid.httpexceptions import (
    HTTPBadRequest,
    HTTPInternalServerError,
    HTTPMethodNotAllowed,
    HTTPUnauthorized,
)
from pyramid.tweens import EXCVIEW
from pyramid.view import exception_view_config, view_config
from waitress import serve

log = logging.getLogger(__name__)
API_KEY = os.environ.get("API_KEY", "for-development-only")
CONNECTIONS = list("abcd")  # in place of a database's


# --8<-- [start:outer]
def outer(handler, registry):
    def tween(request):
        given = request.headers.get("X-Request-ID", "")
        request.id = given if re.fullmatch("[A-Za-z0-9._-]{1,64}", given) else uuid4().hex
        request.trace = ["outer"]
        start = time.perf_counter()
        response = handler(request)
        milliseconds = (time.perf_counter() - start) * 1000
        request.trace.append("outer")
        response.headers["X-Request-ID"] = request.id
        response.headers["X-Trace"] = ", ".join(request.trace)
        response.headers["Server-Timing"] = f"app;dur={milliseconds:.1f}"
        return response

    return tween


# --8<-- [end:outer]
# --8<-- [start:inner]
def inner(handler, registry):
    def tween(request):
        request.trace.append("inner")
        key = request.headers.get("Authorization", "").encode()
        # `request.path` raises where it is not UTF-8
        private = request.environ["PATH_INFO"].startswith("/private")
        if private and not hmac.compare_digest(key, f"Bearer {API_KEY}".encode()):
            return HTTPUnauthorized(headers={"WWW-Authenticate": "Bearer"})
        request.connection = CONNECTIONS.pop()
        try:
            return handler(request)
        finally:
            CONNECTIONS.append(request.connection)
            request.trace.append("inner")

    return tween


# --8<-- [end:inner]
# --8<-- [start:handler]
@view_config(route_name="index", request_method="GET", renderer="json")
def index(request):
    request.trace.append("handler")
    return {"id": request.id, "trace": request.trace, "free": len(CONNECTIONS)}


@view_config(route_name="boom", request_method="GET")
def boom(request):
    request.trace.append("handler")
    raise RuntimeError


# --8<-- [end:handler]
@view_config(route_name="index")
def index_not_allowed(request):
    return HTTPMethodNotAllowed(headers={"Allow": "GET, HEAD"})


@view_config(route_name="slow", request_method="GET", renderer="json")
def slow(request):
    time.sleep(0.02)
    return {}


@view_config(route_name="private", request_method="GET", renderer="json")
def private(request):
    request.trace.append("handler")
    return {"private": True}


@exception_view_config(URLDecodeError)
def no_text(error, request):
    return HTTPBadRequest()


@exception_view_config(Exception)  # without it the exception would pass all tweens
def server_error(error, request):
    log.error("%s %s", request.method, request.path, exc_info=error)
    return HTTPInternalServerError()


with Configurator() as config:
    # --8<-- [start:order]
    config.add_tween(f"{__name__}.outer")
    config.add_tween(f"{__name__}.inner", under=f"{__name__}.outer", over=EXCVIEW)
    # --8<-- [end:order]
    config.add_route("index", "/")
    config.add_route("boom", "/boom")
    config.add_route("slow", "/slow")
    config.add_route("private", "/private")
    config.scan(__name__)
    app = config.make_wsgi_app()

if __name__ == "__main__":
    serve(app, host="127.0.0.1", port=8000)
