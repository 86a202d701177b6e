from flask import Flask, Response, request

app = Flask(__name__)


# --8<-- [start:hello]
@app.get("/")
def hello():
    return Response("Hello, world!", mimetype="text/plain")


# --8<-- [end:hello]
# --8<-- [start:handler]
@app.post("/shout")
def shout():
    text = request.get_data(as_text=True)
    if not text:
        return Response("Send some text.", status=400, mimetype="text/plain")
    response = Response(text.upper(), mimetype="text/plain")
    response.headers["X-Request-ID"] = request.headers.get("X-Request-ID", "none")
    return response


# --8<-- [end:handler]
if __name__ == "__main__":
    app.run(port=8000)
