import json
from itertools import count

from bottle import BaseRequest, Bottle, HTTPError, HTTPResponse, request, response

BaseRequest.MEMFILE_MAX = 16 * 1024

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
class JSONErrors(Bottle):
    def default_error_handler(self, error):
        response.content_type = "application/json"
        return json.dumps({"detail": error.body})


# --8<-- [end:errors]
app = JSONErrors()


# --8<-- [start:handler]
@app.post("/orders")
def create():
    # --8<-- [start:by-hand-2]
    if request.content_type.partition(";")[0].strip().lower() != "application/json":
        raise HTTPError(415, "Send application/json.")  # `request.json` would be None
    try:
        order = request.json
    except RecursionError:
        raise HTTPError(400, "This is nested too deeply.") from None
    if not isinstance(order, dict):
        raise HTTPError(400, "Send one object that describes an order.")
    if wrong := wrong_fields(order):
        return HTTPResponse({"detail": "This is no order.", "fields": wrong}, 422)
    # --8<-- [end:by-hand-2]
    order = {"id": next(NUMBERS), "note": "", **order}
    ORDERS[order["id"]] = order
    response.status = 201
    response.set_header("Location", app.get_url("order", order_id=order["id"]))
    return order


@app.get("/orders/<order_id:int>", name="order")
def show(order_id):
    if order_id not in ORDERS:
        raise HTTPError(404, "There is no such order.")
    return ORDERS[order_id]


# --8<-- [end:handler]
if __name__ == "__main__":
    app.run(host="127.0.0.1", port=8000)
