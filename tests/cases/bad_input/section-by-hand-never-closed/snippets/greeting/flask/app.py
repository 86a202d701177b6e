from flask import Flask

app = Flask(__name__)


# --8<-- [start:route]
@app.get("/hello/<name>")
# --8<-- [start:by-hand]
def hello(name):
    return f"Hello, {name}!"


# --8<-- [end:route]
