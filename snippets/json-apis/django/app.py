import sys
from functools import wraps
from itertools import count

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.management import execute_from_command_line
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse, JsonResponse
from django.urls import path, reverse
from pydantic import ConfigDict, Field

settings.configure(
    ALLOWED_HOSTS=["localhost", "127.0.0.1"],
    ROOT_URLCONF=__name__,
    DATA_UPLOAD_MAX_MEMORY_SIZE=100_000,  # bytes
)

from ninja import NinjaAPI, Schema  # noqa: E402  reads the settings
from ninja.decorators import decorate_view  # noqa: E402
from ninja.errors import HttpError  # noqa: E402

api = NinjaAPI(docs_url=None)
ORDERS, numbers = {}, count(1)  # a database would keep them


# --8<-- [start:shape]
class Order(Schema):
    model_config = ConfigDict(extra="forbid", strict=True)

    tea: str = Field(min_length=1, max_length=50)
    qty: int = Field(ge=1, le=100)


# --8<-- [end:shape]
# --8<-- [start:handler]
# --8<-- [start:by-hand]
def json_only(view):
    @wraps(view)
    def wrapper(request, *args, **kwargs):
        if request.content_type != "application/json":
            return JsonResponse({"detail": "Send application/json."}, status=415)
        return view(request, *args, **kwargs)

    return wrapper


# --8<-- [end:by-hand]
@api.post("/orders", response={201: dict})
@decorate_view(json_only)  # before the body is read
def create(request, order: Order, response: HttpResponse):
    order_id = next(numbers)
    ORDERS[order_id] = {"id": order_id, **order.dict()}
    response["Location"] = reverse("api-1.0.0:order", args=[order_id])
    return 201, ORDERS[order_id]


@api.get("/orders/{int:order_id}", url_name="order")
def show(request, order_id: int):
    if order_id not in ORDERS:
        raise HttpError(404, f"There is no order {order_id}.")
    return ORDERS[order_id]


# --8<-- [end:handler]
# --8<-- [start:answer]
@api.exception_handler(RequestDataTooBig)
def too_large(request, error):
    return api.create_response(request, {"detail": "The body is too large."}, status=413)


# --8<-- [end:answer]
urlpatterns = [path("", api.urls)]

app = get_wsgi_application()

if __name__ == "__main__":
    execute_from_command_line(sys.argv)
