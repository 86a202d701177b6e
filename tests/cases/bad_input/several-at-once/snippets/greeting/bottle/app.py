from bottle import Bottle

app = Bottle()


@app.get("/hello/<name>")
def hello(name):
    return f"Hello, {name}?"
