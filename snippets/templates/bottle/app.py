from pathlib import Path

from bottle import TEMPLATE_PATH, Bottle, request, template

# --8<-- [start:setup]
TEMPLATE_PATH[:] = [str(Path(__file__).parent / "templates")]  # the default is ./ and ./views/
# --8<-- [end:setup]

BOOKS = {"Ada": ["Emma", "War & Peace"]}

app = Bottle()


# --8<-- [start:render]
@app.get("/")
def books():
    name = request.query.getunicode("name", "Ada")  # ["name"] would be Latin-1: "ZoÃ«"
    return template("books", name=name, books=BOOKS.get(name, []))


# --8<-- [end:render]
if __name__ == "__main__":
    app.run(host="127.0.0.1", port=8000)
