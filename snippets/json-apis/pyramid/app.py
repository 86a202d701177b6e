from itertools import count

import colander
from pyramid.config import Configurator
from pyramid.httpexceptions import (
    HTTPBadRequest,
    HTTPError,
    HTTPNotFound,
    HTTPRequestEntityTooLarge,
    HTTPUnsupportedMediaType,
)
from pyramid.view import exception_view_config, notfound_view_config, view_config
from waitress import serve

LIMIT = 16 * 1024
ORDERS = {}  # a table in a real application
NUMBERS = count(1)


# --8<-- [start:schema]
# --8<-- [start:by-hand]
class Exactly(colander.SchemaType):
    """A type of JSON. Colander's own are for forms: Integer takes "2", String takes None."""

    def __init__(self, kind):
        self.kind = kind

    def deserialize(self, node, cstruct):
        if cstruct is colander.null:
            return colander.null
        if type(cstruct) is not self.kind or (self.kind is str and not cstruct.isprintable()):
            raise colander.Invalid(node, f"This has to be of the type {self.kind.__name__}.")
        return cstruct


# --8<-- [end:by-hand]
class NewOrder(colander.MappingSchema):
    tea = colander.SchemaNode(Exactly(str), validator=colander.Length(1, 40))
    qty = colander.SchemaNode(Exactly(int), validator=colander.Range(1, 100))
    note = colander.SchemaNode(Exactly(str), validator=colander.Length(max=200), missing="")


schema = NewOrder(colander.Mapping(unknown="raise"))


# --8<-- [end:schema]
# --8<-- [start:errors]
@exception_view_config(HTTPError, renderer="json")
def refuse(error, request):
    request.response.status_int = error.code
    return {"detail": error.detail or error.explanation}


@notfound_view_config(renderer="json")
def not_found(error, request):
    return refuse(error, request)


@exception_view_config(colander.Invalid, renderer="json")
def invalid(error, request):
    request.response.status_int = 422
    return {"detail": "This is no order.", "fields": error.asdict()}


# --8<-- [end:errors]
# --8<-- [start:handler]
def document(request):
    # --8<-- [start:by-hand-2]
    if (request.content_length or 0) > LIMIT:
        raise HTTPRequestEntityTooLarge("The body is too long.")
    if request.content_type != "application/json":
        raise HTTPUnsupportedMediaType("Send application/json.")
    # --8<-- [end:by-hand-2]
    try:
        return request.json_body
    except (ValueError, RecursionError):
        raise HTTPBadRequest("This is no JSON.") from None


@view_config(route_name="orders", request_method="POST", renderer="json")
def create(request):
    order = {"id": next(NUMBERS), **schema.deserialize(document(request))}
    ORDERS[order["id"]] = order
    request.response.status_int = 201
    request.response.location = request.route_path("order", order_id=order["id"])
    return order


@view_config(route_name="order", request_method="GET", renderer="json")
def show(request):
    order = ORDERS.get(int(request.matchdict["order_id"]))
    if order is None:
        raise HTTPNotFound("There is no such order.")
    return order


# --8<-- [end:handler]
with Configurator() as config:
    config.add_route("orders", "/orders")
    config.add_route("order", "/orders/{order_id:[0-9]{1,9}}")
    config.scan(__name__)
    app = config.make_wsgi_app()

if __name__ == "__main__":
    serve(app, host="127.0.0.1", port=8000)
