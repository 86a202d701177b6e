from flask import Flask, render_template

app = Flask(__name__)


# --8<-- [start:route]
@app.get("/items/<int:id>")
def item(id):
    return {"id": id}


# --8<-- [end:route]


@app.get("/")
def index():
    return render_template("index.html")
