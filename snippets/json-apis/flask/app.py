from itertools import count

from flask import Flask, abort, json, url_for
from flask_pydantic import ValidationError, validate
from flask_pydantic.exceptions import JsonBodyParsingError
from pydantic import BaseModel, ConfigDict, Field
from werkzeug.exceptions import HTTPException

app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 100_000  # bytes
app.config["FLASK_PYDANTIC_VALIDATION_ERROR_RAISE"] = True  # to `not_valid` below
ORDERS, numbers = {}, count(1)  # a database would keep them


# --8<-- [start:shape]
class Order(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    tea: str = Field(min_length=1, max_length=50)
    qty: int = Field(ge=1, le=100)


# --8<-- [end:shape]
# --8<-- [start:handler]
@app.post("/orders")
@validate()
def create(body: Order):
    order_id = next(numbers)
    ORDERS[order_id] = {"id": order_id, **body.model_dump()}
    return ORDERS[order_id], 201, {"Location": url_for("show", order_id=order_id)}


@app.get("/orders/<int:order_id>")
def show(order_id):
    if order_id not in ORDERS:
        abort(404, f"There is no order {order_id}.")
    return ORDERS[order_id]


# --8<-- [end:handler]
# --8<-- [start:answer]
@app.errorhandler(ValidationError)
def not_valid(error):
    # The extension's own answer repeats the input, which may be NaN or nested too deep for JSON.
    errors = {".".join(map(str, one["loc"])): one["msg"] for one in error.body_params}
    return {"errors": errors}, 422


@app.errorhandler(JsonBodyParsingError)
def no_object(error):
    return {"detail": "An order is an object."}, 422


@app.errorhandler(RecursionError)
def too_deep(error):
    return {"detail": "The JSON is nested too deep."}, 400


@app.errorhandler(HTTPException)  # 400, 404, 413 and 415 are HTML otherwise
def http_error(error):
    response = error.get_response()
    response.data = json.dumps({"detail": error.description})
    response.content_type = "application/json"
    return response


# --8<-- [end:answer]
if __name__ == "__main__":
    app.run(port=8000)
