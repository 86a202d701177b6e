from flask import Flask, url_for

app = Flask(__name__)


# --8<-- [start:route]
@app.get("/items/<int:item_id>")
def item(item_id):
    return {"id": item_id}


@app.get("/tags/<name>")
def tag(name):
    return {"tag": name}


# --8<-- [end:route]
# --8<-- [start:url]
@app.post("/items")
def create():
    item_id = 7  # a database would hand out the number
    return {"id": item_id}, 201, {"Location": url_for("item", item_id=item_id)}


# --8<-- [end:url]
if __name__ == "__main__":
    app.run(port=8000)
