from itertools import count
from typing import Annotated

from flask import Flask, abort, url_for
from flask_pydantic import validate
from flask_pydantic.exceptions import JsonBodyParsingError, ValidationError
from pydantic import BaseModel, ConfigDict, Field
from werkzeug.exceptions import HTTPException

app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 16 * 1024
app.config["FLASK_PYDANTIC_VALIDATION_ERROR_RAISE"] = True

ORDERS = {}  # a table in a real application
NUMBERS = count(1)


# --8<-- [start:schema]
class NewOrder(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)  # no other fields, no conversions

    tea: Annotated[str, Field(min_length=1, max_length=40)]
    qty: Annotated[int, Field(ge=1, le=100)]
    note: Annotated[str, Field(max_length=200)] = ""


class Order(NewOrder):
    id: int


# --8<-- [end:schema]
# --8<-- [start:errors]
@app.errorhandler(HTTPException)
def refuse(error):
    return {"detail": error.description}, error.code


@app.errorhandler(ValidationError)
def invalid(error):
    fields = {str(one["loc"][0]): one["msg"] for one in error.body_params}
    return {"detail": "This is no order.", "fields": fields}, 422


@app.errorhandler(JsonBodyParsingError)  # JSON, and no object
@app.errorhandler(RecursionError)  # nested too deeply for Python's parser
def no_object(error):
    return {"detail": "Send one object that describes an order."}, 400


# --8<-- [end:errors]
# --8<-- [start:handler]
@app.post("/orders")
@validate()
def create(body: NewOrder):
    order = Order(id=next(NUMBERS), **body.model_dump())
    ORDERS[order.id] = order
    return order, 201, {"Location": url_for("show", order_id=order.id)}


@app.get("/orders/<int:order_id>")
@validate()
def show(order_id: int):
    if order_id not in ORDERS:
        abort(404, "There is no such order.")
    return ORDERS[order_id]


# --8<-- [end:handler]
if __name__ == "__main__":
    app.run(host="127.0.0.1", port=8000)
