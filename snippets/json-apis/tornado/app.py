import asyncio
from http import HTTPStatus
from itertools import count

from tornado.escape import json_decode
from tornado.web import Application, RequestHandler, url

LIMIT = 100_000  # bytes
ORDERS, numbers = {}, count(1)  # a database would keep them


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
# --8<-- [start:answer]
class Handler(RequestHandler):
    def write_error(self, status_code, **kwargs):
        self.refuse(status_code, detail=HTTPStatus(status_code).phrase)

    def refuse(self, status_code, **fields):
        self.set_status(status_code)
        self.finish(fields)  # a dictionary is sent as JSON


# --8<-- [end:answer]
# --8<-- [start:handler]
class Orders(Handler):
    def post(self):
        # --8<-- [start:by-hand-2]
        media_type = self.request.headers.get("Content-Type", "").partition(";")[0]
        if media_type.strip().lower() != "application/json":
            return self.refuse(415, detail="Send application/json.")
        if len(self.request.body) > LIMIT:
            return self.refuse(413, detail="The body is too large.")
        try:
            order = json_decode(self.request.body)
        except (ValueError, RecursionError):
            return self.refuse(400, detail="This is no JSON.")
        # --8<-- [end:by-hand-2]
        if found := problems(order):
            return self.refuse(422, errors=found)
        order_id = next(numbers)
        ORDERS[order_id] = {"id": order_id, **order}
        self.set_status(201)
        self.set_header("Location", self.reverse_url("order", order_id))
        self.write(ORDERS[order_id])


class Order(Handler):
    def get(self, order_id):
        if int(order_id) not in ORDERS:
            return self.refuse(404, detail=f"There is no order {order_id}.")
        self.write(ORDERS[int(order_id)])


# --8<-- [end:handler]
app = Application([url("/orders", Orders), url("/orders/([0-9]{1,9})", Order, name="order")])


async def main():
    app.listen(8000, "127.0.0.1", max_body_size=10 * LIMIT)  # 100 MB if not set
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
