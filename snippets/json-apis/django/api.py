from functools import wraps
from itertools import count
from typing import Annotated

from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse
from django.urls import path, reverse
from ninja import NinjaAPI, Schema
from ninja.decorators import decorate_view
from ninja.errors import HttpError
from pydantic import ConfigDict, Field

api = NinjaAPI(openapi_url=None)

ORDERS = {}  # a table in a real application
NUMBERS = count(1)


# --8<-- [start:schema]
class NewOrder(Schema):
    model_config = ConfigDict(extra="forbid", strict=True)  # no other fields, no conversions

    tea: Annotated[str, Field(min_length=1, max_length=40)]
    qty: Annotated[int, Field(ge=1, le=100)]
    note: Annotated[str, Field(max_length=200)] = ""


class Order(NewOrder):
    id: int


# --8<-- [end:schema]
# --8<-- [start:errors]
@api.exception_handler(RequestDataTooBig)
def too_big(request, error):
    return api.create_response(request, {"detail": "The body is too long."}, status=413)


def json_only(view):
    """Ninja reads any body as JSON, whatever type it was sent as."""

    @wraps(view)
    def wrapper(request, *args, **kwargs):
        if request.content_type != "application/json":
            detail = {"detail": "Send application/json."}
            return api.create_response(request, detail, status=415)
        return view(request, *args, **kwargs)

    return wrapper


# --8<-- [end:errors]
# --8<-- [start:handler]
@api.post("/orders", response={201: Order})
@decorate_view(json_only)
def create(request, new: NewOrder, response: HttpResponse):
    order = Order(id=next(NUMBERS), **new.dict())
    ORDERS[order.id] = order
    response["Location"] = reverse("api-1.0.0:order", args=[order.id])
    return 201, order


@api.get("/orders/{int:order_id}", response=Order, url_name="order")
def show(request, order_id: int):
    if order_id not in ORDERS:
        raise HttpError(404, "There is no such order.")
    return ORDERS[order_id]


# --8<-- [end:handler]
urlpatterns = [path("", api.urls)]
