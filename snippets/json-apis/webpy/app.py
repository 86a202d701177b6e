import json
from http import HTTPStatus
from itertools import count

import web

web.config.debug = False  # before the application: it is on by default, and shows tracebacks

LIMIT = 100_000  # bytes
ORDERS, numbers = {}, count(1)  # a database would keep them
urls = (
    "/orders", "Orders",
    "/orders/([0-9]{1,9})", "Order",
)  # fmt: skip


# --8<-- [start:shape]
# --8<-- [start:by-hand]
def problems(order):
    """What is wrong with an order, by field."""
    if not isinstance(order, dict):
        return {"order": "must be an object"}
    found = dict.fromkeys(order.keys() - {"tea", "qty"}, "is unknown")
    tea, qty = order.get("tea"), order.get("qty")
    if not isinstance(tea, str) or not 1 <= len(tea) <= 50:
        found["tea"] = "must be a text of 1 to 50 characters"
    if type(qty) is not int or not 1 <= qty <= 100:  # `isinstance` would take True for 1
        found["qty"] = "must be a whole number from 1 to 100"
    return found


# --8<-- [end:by-hand]
# --8<-- [end:shape]
# --8<-- [start:handler]
class Orders:
    def POST(self):
        # --8<-- [start:by-hand-2]
        media_type = web.ctx.env.get("CONTENT_TYPE", "").partition(";")[0].strip().lower()
        if media_type != "application/json":
            raise refused(415, detail="Send application/json.")
        if web.intget(web.ctx.env.get("CONTENT_LENGTH"), 0) > LIMIT:
            raise refused(413, detail="The body is too large.")
        try:
            order = json.loads(web.data())
        except (ValueError, RecursionError):
            raise refused(400, detail="This is no JSON.") from None
        # --8<-- [end:by-hand-2]
        if found := problems(order):
            raise refused(422, errors=found)
        order_id = next(numbers)
        ORDERS[order_id] = {"id": order_id, **order}
        web.ctx.status = "201 Created"
        web.header("Location", f"/orders/{order_id}")
        return as_json(ORDERS[order_id])


class Order:
    def GET(self, order_id):
        if int(order_id) not in ORDERS:
            raise refused(404, detail=f"There is no order {order_id}.")
        return as_json(ORDERS[int(order_id)])


# --8<-- [end:handler]
# --8<-- [start:answer]
def as_json(value):
    web.header("Content-Type", "application/json")
    return json.dumps(value)


def refused(status, **fields):
    line = f"{status} {HTTPStatus(status).phrase}"
    return web.HTTPError(line, {"Content-Type": "application/json"}, json.dumps(fields))


# --8<-- [end:answer]
app = web.application(urls, globals()).wsgifunc()

if __name__ == "__main__":
    web.httpserver.runsimple(app, ("127.0.0.1", 8000))
