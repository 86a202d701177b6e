from bottle import Bottle

app = Bottle()


@app.get("/hullo/<name>")
def hello(name):
    return f"Hello, {name}!"
