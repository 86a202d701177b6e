from bottle import Bottle, request, response

app = Bottle()


# --8<-- [start:hello]
@app.get("/")
def hello():
    response.content_type = "text/plain; charset=utf-8"  # the default is text/html
    return "Hello, world!"


# --8<-- [end:hello]
# --8<-- [start:handler]
@app.post("/shout")
def shout():
    response.content_type = "text/plain; charset=utf-8"
    text = request.body.read().decode(errors="replace")  # the body is bytes, and may be any bytes
    if not text:
        response.status = 400
        return "Send some text."
    response.set_header("X-Request-ID", request.get_header("X-Request-ID", "none"))
    return text.upper()


# --8<-- [end:handler]
if __name__ == "__main__":
    app.run(host="127.0.0.1", port=8000)
