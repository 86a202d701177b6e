import json
from itertools import count

from bottle import BaseRequest, Bottle, HTTPError, HTTPResponse, request, response

BaseRequest.MEMFILE_MAX = 100_000  # bytes; a larger form or JSON is 413
app = Bottle()
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
# --8<-- [start:handler]
@app.post("/orders")
def create():
    # --8<-- [start:by-hand-2]
    media_type = request.content_type.partition(";")[0].strip()
    if media_type != "application/json":
        raise HTTPError(415, "Send application/json.")
    try:
        order = request.json
    except RecursionError:
        raise HTTPError(400, "Invalid JSON") from None
    # --8<-- [end:by-hand-2]
    if found := problems(order):
        return HTTPResponse({"errors": found}, 422)
    order_id = next(numbers)
    ORDERS[order_id] = {"id": order_id, **order}
    response.status = 201
    response.set_header("Location", app.get_url("order", order_id=order_id))
    return ORDERS[order_id]


@app.get("/orders/<order_id:int>", name="order")
def show(order_id):
    if order_id not in ORDERS:
        raise HTTPError(404, f"There is no order {order_id}.")
    return ORDERS[order_id]


# --8<-- [end:handler]
# --8<-- [start:answer]
@app.error(400)
@app.error(404)
@app.error(405)
@app.error(413)
@app.error(415)
@app.error(500)
def http_error(error):
    response.content_type = "application/json"
    return json.dumps({"detail": error.body})


# --8<-- [end:answer]
if __name__ == "__main__":
    app.run(host="127.0.0.1", port=8000)
