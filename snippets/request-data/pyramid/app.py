from pyramid.config import Configurator
from pyramid.events import NewRequest, subscriber
from pyramid.httpexceptions import HTTPBadRequest, HTTPRequestEntityTooLarge
from pyramid.view import exception_view_config, view_config
from waitress import serve

LIMIT = 1_000  # bytes


# --8<-- [start:query]
@view_config(route_name="search", request_method="GET", renderer="json")
def search(request):
    # --8<-- [start:by-hand]
    try:
        page = int(request.GET.get("page", 1))
    except ValueError:
        page = 0
    if page < 1:
        raise HTTPBadRequest("page is a number from 1 on")
    # --8<-- [end:by-hand]
    return {"tags": request.GET.getall("tag"), "page": page}


@view_config(route_name="name", request_method="GET", renderer="json")
def greet(request):
    return {"name": request.matchdict["name"]}


# --8<-- [start:by-hand-2]
@exception_view_config(UnicodeDecodeError)  # bytes that are no UTF-8; without this, a 500
def no_text(error, request):
    return HTTPBadRequest("This is not UTF-8.")


# --8<-- [end:by-hand-2]
# --8<-- [end:query]
# --8<-- [start:headers]
@view_config(route_name="visitor", request_method="GET", renderer="json")
def visitor(request):
    language = request.headers.get("Accept-Language", "en")
    # not `client_addr`, which believes X-Forwarded-For
    return {"language": language, "address": request.remote_addr}


# --8<-- [end:headers]
# --8<-- [start:body]
@view_config(route_name="form", request_method="POST", renderer="json")
def form(request):
    return {"name": request.POST.get("name", "")}


@view_config(route_name="raw", request_method="POST", renderer="json")
def raw(request):
    return {"length": len(request.body), "hex": request.body.hex()}


# --8<-- [start:by-hand-3]
@subscriber(NewRequest)
def limit_body(event):
    if (event.request.content_length or 0) > LIMIT:
        raise HTTPRequestEntityTooLarge


# --8<-- [end:by-hand-3]
# --8<-- [end:body]
with Configurator() as config:
    config.add_route("search", "/search")
    config.add_route("name", "/names/{name}")
    config.add_route("visitor", "/visitor")
    config.add_route("form", "/form")
    config.add_route("raw", "/raw")
    config.scan(__name__)
    app = config.make_wsgi_app()

if __name__ == "__main__":
    serve(app, host="127.0.0.1", port=8000)
