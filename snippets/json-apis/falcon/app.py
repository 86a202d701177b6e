from itertools import count

import falcon
import falcon.asgi
import uvicorn
from falcon.media import JSONHandler
from jsonschema import Draft202012Validator

LIMIT = 16 * 1024
ORDERS = {}  # a table in a real application
NUMBERS = count(1)

# --8<-- [start:schema]
TEXT = {"type": "string", "pattern": r"^[^\ud800-\udfff]*$"}  # no half of a surrogate pair
NEW_ORDER = Draft202012Validator(
    {
        "type": "object",
        "properties": {
            "tea": {**TEXT, "minLength": 1, "maxLength": 40},
            "qty": {"type": "integer", "minimum": 1, "maximum": 100},
            "note": {**TEXT, "maxLength": 200},
        },
        "required": ["tea", "qty"],
        "additionalProperties": False,
    }
)


def check(order):
    """Falcon's own decorator for schemas stops at the first error, and does not say where it is."""
    wrong = [f"{error.json_path}: {error.message}" for error in NEW_ORDER.iter_errors(order)]
    if wrong:
        raise falcon.HTTPUnprocessableEntity(description="; ".join(wrong))


# --8<-- [end:schema]
# --8<-- [start:errors]
class LimitedJSON(JSONHandler):
    """Reads no more than it has to; Falcon reads a body whole, however long it is."""

    async def deserialize_async(self, stream, content_type, content_length):
        body = await stream.read(LIMIT + 1)
        if len(body) > LIMIT:
            raise falcon.HTTPContentTooLarge(description="The body is too long.")
        try:
            return self._deserialize(body)
        except RecursionError:
            raise falcon.MediaMalformedError("JSON") from None


# --8<-- [end:errors]
# --8<-- [start:handler]
class Orders:
    async def on_post(self, req, resp):
        if not req.content_type:
            raise falcon.HTTPUnsupportedMediaType(description="Send application/json.")
        order = await req.get_media()
        check(order)
        order = {"id": next(NUMBERS), "note": "", **order}
        ORDERS[order["id"]] = order
        resp.status = falcon.HTTP_201
        resp.location = f"/orders/{order['id']}"
        resp.media = order


class Order:
    async def on_get(self, req, resp, order_id):
        if order_id not in ORDERS:
            raise falcon.HTTPNotFound(description="There is no such order.")
        resp.media = ORDERS[order_id]


# --8<-- [end:handler]
app = falcon.asgi.App()
app.req_options.media_handlers = falcon.media.Handlers({falcon.MEDIA_JSON: LimitedJSON()})
app.add_route("/orders", Orders())
app.add_route("/orders/{order_id:int}", Order())

if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=8000)
