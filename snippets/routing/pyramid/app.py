from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPMethodNotAllowed
from pyramid.view import view_config
from waitress import serve


# --8<-- [start:handler]
@view_config(route_name="item", request_method="GET", renderer="json")
def item(request):
    return {"id": int(request.matchdict["item_id"])}


@view_config(route_name="tag", request_method="GET", renderer="json")
def tag(request):
    return {"tag": request.matchdict["name"]}


# --8<-- [start:by-hand]
# Where no view's `request_method` fits, Pyramid answers 404. These views take what is left.
@view_config(route_name="items")
def items_not_allowed(request):
    return HTTPMethodNotAllowed(headers={"Allow": "POST"})


@view_config(route_name="item")
@view_config(route_name="tag")
def item_not_allowed(request):
    return HTTPMethodNotAllowed(headers={"Allow": "GET, HEAD"})


# --8<-- [end:by-hand]
# --8<-- [end:handler]
# --8<-- [start:url]
@view_config(route_name="items", request_method="POST", renderer="json")
def create(request):
    item_id = 7  # a database would hand out the number
    request.response.status_int = 201
    request.response.location = request.route_path("item", item_id=item_id)
    return {"id": item_id}


# --8<-- [end:url]
with Configurator() as config:
    # --8<-- [start:route]
    config.add_route("items", "/items")
    config.add_route("item", "/items/{item_id:[0-9]+}")
    config.add_route("tag", "/tags/{name}")
    # --8<-- [end:route]
    config.scan(__name__)  # finds the views above by their decorators
    app = config.make_wsgi_app()

if __name__ == "__main__":
    serve(app, host="127.0.0.1", port=8000)
