import json
from itertools import count

import web

web.config.debug = False  # before the application: it is on by default, and shows tracebacks

urls = (
    "/orders", "Orders",
    "/orders/([0-9]{1,9})", "Order",
)  # fmt: skip

LIMIT = 16 * 1024
ORDERS = {}  # a table in a real application
NUMBERS = count(1)


# --8<-- [start:schema]
# --8<-- [start:by-hand]
def wrong_fields(order):
    """A sentence for each field that is wrong."""
    wrong = dict.fromkeys(order.keys() - {"tea", "qty", "note"}, "This is no field of an order.")
    if not is_text(order.get("tea"), 1, 40):
        wrong["tea"] = "This has to be a text of 1 to 40 characters."
    qty = order.get("qty")
    if type(qty) is not int or not 1 <= qty <= 100:  # True is an instance of int
        wrong["qty"] = "This has to be a whole number from 1 to 100."
    if not is_text(order.get("note", ""), 0, 200):
        wrong["note"] = "This has to be a text of up to 200 characters."
    return wrong


def is_text(value, shortest, longest):
    """Printable text: half of a surrogate pair is not."""
    return isinstance(value, str) and shortest <= len(value) <= longest and value.isprintable()


# --8<-- [end:by-hand]
# --8<-- [end:schema]
# --8<-- [start:errors]
def refusal(status, **body):
    return web.HTTPError(status, {"Content-Type": "application/json"}, json.dumps(body))


def document():
    # --8<-- [start:by-hand-2]
    if web.ctx.env.get("CONTENT_TYPE", "").partition(";")[0].strip().lower() != "application/json":
        raise refusal("415 Unsupported Media Type", detail="Send application/json.")
    if int(web.ctx.env.get("CONTENT_LENGTH") or 0) > LIMIT:
        raise refusal("413 Content Too Large", detail="The body is too long.")
    try:
        order = json.loads(web.data())
    except (ValueError, RecursionError):
        raise refusal("400 Bad Request", detail="This is no JSON.") from None
    if not isinstance(order, dict):
        raise refusal("400 Bad Request", detail="Send one object that describes an order.")
    if wrong := wrong_fields(order):
        raise refusal("422 Unprocessable Content", detail="This is no order.", fields=wrong)
    return order
    # --8<-- [end:by-hand-2]


# --8<-- [end:errors]
# --8<-- [start:handler]
class Orders:
    def POST(self):
        order = {"id": next(NUMBERS), "note": "", **document()}
        ORDERS[order["id"]] = order
        web.ctx.status = "201 Created"
        web.header("Location", f"/orders/{order['id']}")
        web.header("Content-Type", "application/json")
        return json.dumps(order)


class Order:
    def GET(self, order_id):
        if int(order_id) not in ORDERS:
            raise refusal("404 Not Found", detail="There is no such order.")
        web.header("Content-Type", "application/json")
        return json.dumps(ORDERS[int(order_id)])


# --8<-- [end:handler]
app = web.application(urls, globals()).wsgifunc()

if __name__ == "__main__":
    web.httpserver.runsimple(app, ("127.0.0.1", 8000))
