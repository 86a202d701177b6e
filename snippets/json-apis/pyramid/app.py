from itertools import count

import colander
from pyramid.config import Configurator
from pyramid.events import NewRequest, subscriber
from pyramid.exceptions import PredicateMismatch
from pyramid.httpexceptions import (
    HTTPBadRequest,
    HTTPError,
    HTTPMethodNotAllowed,
    HTTPNotFound,
    HTTPRequestEntityTooLarge,
    HTTPUnsupportedMediaType,
)
from pyramid.view import exception_view_config, view_config
from waitress import serve

LIMIT = 100_000  # bytes
ORDERS, numbers = {}, count(1)  # a database would keep them


# --8<-- [start:shape]
# --8<-- [start:by-hand]
class WholeNumber(colander.Integer):
    """A number in the JSON as well: colander's own reads text too, as forms need it."""

    def deserialize(self, node, cstruct):
        if cstruct is not colander.null and type(cstruct) is not int:
            raise colander.Invalid(node, "This is no whole number.")
        return cstruct


# --8<-- [end:by-hand]
class Order(colander.MappingSchema):
    tea = colander.SchemaNode(colander.String(), validator=colander.Length(1, 50))
    qty = colander.SchemaNode(WholeNumber(), validator=colander.Range(1, 100))


# --8<-- [end:shape]
# --8<-- [start:handler]
@view_config(route_name="orders", request_method="POST", renderer="json")
def create(request):
    # --8<-- [start:by-hand-2]
    if request.content_type.lower() != "application/json":
        raise HTTPUnsupportedMediaType("Send application/json.")
    try:
        data = request.json_body
    except ValueError:
        raise HTTPBadRequest("This is no JSON.") from None
    # --8<-- [end:by-hand-2]
    order = Order(colander.Mapping(unknown="raise")).deserialize(data)
    order_id = next(numbers)
    ORDERS[order_id] = {"id": order_id, **order}
    request.response.status_int = 201
    request.response.location = request.route_path("order", order_id=order_id)
    return ORDERS[order_id]


@view_config(route_name="order", request_method="GET", renderer="json")
def show(request):
    order_id = int(request.matchdict["order_id"])
    if order_id not in ORDERS:
        raise HTTPNotFound(f"There is no order {order_id}.")
    return ORDERS[order_id]


# --8<-- [end:handler]
# --8<-- [start:answer]
@exception_view_config(colander.Invalid, renderer="json")
def not_valid(error, request):
    request.response.status_int = 422
    return {"errors": error.asdict()}


@exception_view_config(RecursionError, renderer="json")  # the parser's, or that of a message
def too_deep(error, request):
    return http_error(HTTPBadRequest("The JSON is nested too deep."), request)


# --8<-- [start:by-hand-3]
@exception_view_config(PredicateMismatch, renderer="json")  # 404 otherwise, and it names the view
def wrong_method(error, request):
    return http_error(HTTPMethodNotAllowed("This method does not work here."), request)


# --8<-- [end:by-hand-3]
@exception_view_config(HTTPError, renderer="json")  # HTML or text otherwise, as `Accept` asks
def http_error(error, request):
    request.response.status_int = error.status_int
    return {"detail": error.detail or error.explanation}


# --8<-- [start:by-hand-4]
@subscriber(NewRequest)
def limit_body(event):
    if (event.request.content_length or 0) > LIMIT:
        raise HTTPRequestEntityTooLarge


# --8<-- [end:by-hand-4]
# --8<-- [end:answer]
with Configurator() as config:
    config.add_route("orders", "/orders")
    config.add_route("order", "/orders/{order_id:[0-9]{1,9}}")
    config.scan(__name__)
    app = config.make_wsgi_app()

if __name__ == "__main__":
    serve(app, host="127.0.0.1", port=8000)
