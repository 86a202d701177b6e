from flask import Flask, render_template, request

# --8<-- [start:setup]
app = Flask(__name__)  # looks for templates/ beside this file
# --8<-- [end:setup]

BOOKS = {"Ada": ["Emma", "War & Peace"]}


# --8<-- [start:render]
@app.get("/")
def books():
    name = request.args.get("name", "Ada")
    return render_template("books.html", name=name, books=BOOKS.get(name, []))


# --8<-- [end:render]
if __name__ == "__main__":
    app.run(port=8000)
