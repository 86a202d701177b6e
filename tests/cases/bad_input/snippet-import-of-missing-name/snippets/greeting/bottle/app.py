from bottle import Flask

app = Bottle()


@app.get("/hello/<name>")
def hello(name):
    return f"Hello, {name}!"
