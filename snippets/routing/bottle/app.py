from bottle import Bottle, HTTPError, response

app = Bottle()


# --8<-- [start:route]
@app.get("/items/<item_id:int>", name="item")
def item(item_id):
    if item_id < 0:  # the filter `int` lets a minus sign through
        raise HTTPError(404)
    return {"id": item_id}


@app.get("/tags/<name>")
def tag(name):
    return {"tag": name}


# --8<-- [end:route]
# --8<-- [start:url]
@app.post("/items")
def create():
    item_id = 7  # a database would hand out the number
    response.status = 201
    response.set_header("Location", app.get_url("item", item_id=item_id))
    return {"id": item_id}


# --8<-- [end:url]
if __name__ == "__main__":
    app.run(host="127.0.0.1", port=8000)
