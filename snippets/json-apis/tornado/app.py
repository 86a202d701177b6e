import asyncio
import json
from itertools import count

from tornado.web import Application, HTTPError, RequestHandler

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
class RefusedError(HTTPError):
    def __init__(self, status_code, **body):
        super().__init__(status_code)
        self.body = body


class JSONHandler(RequestHandler):
    def write_error(self, status_code, exc_info=None, **kwargs):
        error = exc_info[1] if exc_info else None
        self.finish(error.body if isinstance(error, RefusedError) else {"detail": self._reason})

    def document(self):
        # --8<-- [start:by-hand-2]
        if len(self.request.body) > LIMIT:
            raise RefusedError(413, detail="The body is too long.")
        media_type = self.request.headers.get("Content-Type", "").partition(";")[0]
        if media_type.strip().lower() != "application/json":
            raise RefusedError(415, detail="Send application/json.")
        try:
            order = json.loads(self.request.body)
        except (ValueError, RecursionError):
            raise RefusedError(400, detail="This is no JSON.") from None
        if not isinstance(order, dict):
            raise RefusedError(400, detail="Send one object that describes an order.")
        if wrong := wrong_fields(order):
            raise RefusedError(422, detail="This is no order.", fields=wrong)
        return order
        # --8<-- [end:by-hand-2]


# --8<-- [end:errors]
# --8<-- [start:handler]
class Orders(JSONHandler):
    def post(self):
        order = {"id": next(NUMBERS), "note": "", **self.document()}
        ORDERS[order["id"]] = order
        self.set_status(201)
        self.set_header("Location", self.reverse_url("order", order["id"]))
        self.write(order)


class Order(JSONHandler):
    def get(self, order_id):
        if int(order_id) not in ORDERS:
            raise RefusedError(404, detail="There is no such order.")
        self.write(ORDERS[int(order_id)])


# --8<-- [end:handler]
app = Application(
    [
        ("/orders", Orders),
        ("/orders/([0-9]{1,9})", Order, None, "order"),
    ]
)


async def main():
    app.listen(8000, "127.0.0.1", max_body_size=LIMIT * 4)  # what is longer is not read at all
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
