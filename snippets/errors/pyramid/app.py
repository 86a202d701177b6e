import logging

from pyramid.config import Configurator
from pyramid.exceptions import URLDecodeError
from pyramid.httpexceptions import (
    HTTPBadRequest,
    HTTPConflict,
    HTTPError,
    HTTPForbidden,
    HTTPInternalServerError,
    HTTPMethodNotAllowed,
    HTTPNotFound,
)
from pyramid.renderers import render_to_response
from pyramid.view import exception_view_config, view_config
from waitress import serve

log = logging.getLogger(__name__)

IN_STOCK = {"assam": True, "oolong": False}


class OutOfStockError(Exception):
    """Raised by code that knows nothing of HTTP."""


def take(tea):
    if not IN_STOCK[tea]:
        raise OutOfStockError(f"{tea} is out of stock.")


# --8<-- [start:handler]
@view_config(route_name="order", request_method="POST", renderer="json")
def order(request):
    tea = request.matchdict["tea"]
    if tea not in IN_STOCK:
        raise HTTPNotFound(f"No tea is called {tea}.")
    take(tea)
    request.response.status_int = 201
    return {"ordered": tea}


@view_config(route_name="order")
def order_not_allowed(request):
    raise HTTPMethodNotAllowed("Only POST works here.", headers={"Allow": "POST"})


@view_config(route_name="staff")
def staff(request):
    raise HTTPForbidden("Only staff may enter.")


@view_config(route_name="report")
def report(request):
    raise RuntimeError("no connection to shop:hunter2@db.internal")


# --8<-- [end:handler]
# --8<-- [start:answer]
@exception_view_config(HTTPError)  # not HTTPException: that would be redirects too
def error_page(error, request):
    detail = error.detail or error.explanation
    if isinstance(error, HTTPNotFound) and request.matched_route is None:
        detail = f"There is nothing at {request.path_info}."
    fields = {"status": error.status_int, "title": error.title, "detail": detail}
    offers = request.accept.acceptable_offers(["text/html", "application/json"])
    if offers and offers[0][0] == "application/json":
        response = render_to_response("json", fields, request)
        response.content_type = "application/problem+json"
    else:
        response = render_to_response("templates/error.jinja2", fields, request)
    response.status_int = error.status_int
    response.vary = ["Accept"]
    if error.allow:
        response.allow = error.allow
    return response


# --8<-- [end:answer]
# --8<-- [start:map]
@exception_view_config(OutOfStockError)
def out_of_stock(error, request):
    return error_page(HTTPConflict(str(error)), request)


@exception_view_config(URLDecodeError)  # a path that is not UTF-8; without this it is a 500
def no_text(error, request):
    return error_page(HTTPBadRequest("The address is not valid."), request)


@exception_view_config(Exception)
def server_error(error, request):
    log.error("%s %s", request.method, request.path, exc_info=error)  # nobody else does
    return error_page(HTTPInternalServerError("Something went wrong here."), request)


# --8<-- [end:map]
with Configurator() as config:
    config.include("pyramid_jinja2")
    config.add_route("order", "/orders/{tea}")
    config.add_route("staff", "/staff")
    config.add_route("report", "/report")
    config.scan(__name__)
    app = config.make_wsgi_app()

if __name__ == "__main__":
    serve(app, host="127.0.0.1", port=8000)
