from itertools import count

import falcon
import falcon.asgi
import uvicorn
from falcon.media import Handlers, JSONHandler
from falcon.media.validators import jsonschema

LIMIT = 100_000  # bytes
ORDERS, numbers = {}, count(1)  # a database would keep them

# --8<-- [start:shape]
ORDER = {
    "type": "object",
    "properties": {
        # no half of a surrogate pair: Falcon could not write it as UTF-8
        "tea": {"type": "string", "pattern": "^[^\ud800-\udfff]{1,50}$"},
        "qty": {"type": "integer", "minimum": 1, "maximum": 100},
    },
    "required": ["tea", "qty"],
    "additionalProperties": False,
}


# --8<-- [end:shape]
# --8<-- [start:handler]
class Orders:
    @jsonschema.validate(ORDER)
    async def on_post(self, req, resp):
        order_id = next(numbers)
        ORDERS[order_id] = {"id": order_id, **await req.get_media()}
        resp.status = falcon.HTTP_201
        resp.location = f"/orders/{order_id}"
        resp.media = ORDERS[order_id]


class Order:
    async def on_get(self, req, resp, order_id):
        if order_id not in ORDERS:
            raise falcon.HTTPNotFound(description=f"There is no order {order_id}.")
        resp.media = ORDERS[order_id]


# --8<-- [end:handler]
# --8<-- [start:answer]
async def not_valid(req, resp, error, params):
    # Falcon's own answer is 400, and does not say which field
    problem = error.__cause__
    field = ".".join(map(str, problem.path)) or problem.validator
    resp.status = falcon.HTTP_422
    resp.media = {"errors": {field: ascii(problem.message)}}


async def too_deep(req, resp, error, params):
    raise falcon.HTTPBadRequest(description="The JSON is nested too deep.")


# --8<-- [start:by-hand]
class BodyCheck:
    async def process_request(self, req, resp):
        if req.get_header("Transfer-Encoding"):  # its length shows only at the end
            raise falcon.HTTPLengthRequired
        if (req.content_length or 0) > LIMIT:
            raise falcon.HTTPContentTooLarge
        if req.method == "POST" and not req.content_type:  # Falcon would take it for JSON
            raise falcon.HTTPUnsupportedMediaType(description="Send application/json.")


# --8<-- [end:by-hand]
app = falcon.asgi.App(middleware=[BodyCheck()])
app.req_options.media_handlers = Handlers({falcon.MEDIA_JSON: JSONHandler()})  # and no forms
app.add_error_handler(falcon.MediaValidationError, not_valid)
app.add_error_handler(RecursionError, too_deep)
# --8<-- [end:answer]
app.add_route("/orders", Orders())
app.add_route("/orders/{order_id:int}", Order())

if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=8000)
