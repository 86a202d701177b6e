import falcon
import falcon.asgi
import uvicorn


# --8<-- [start:hello]
class Hello:
    async def on_get(self, req, resp):
        resp.content_type = falcon.MEDIA_TEXT
        resp.text = "Hello, world!"

    on_head = on_get  # without it HEAD is answered 405; Falcon leaves the body out itself


# --8<-- [end:hello]
# --8<-- [start:handler]
class Shout:
    async def on_post(self, req, resp):
        resp.content_type = falcon.MEDIA_TEXT
        body = await req.stream.read()
        text = body.decode(errors="replace")  # the body may be any bytes
        if not text:
            resp.status = falcon.HTTP_400
            resp.text = "Send some text."
            return
        resp.set_header("X-Request-ID", req.get_header("X-Request-ID", default="none"))
        resp.text = text.upper()


# --8<-- [end:handler]
app = falcon.asgi.App()
app.add_route("/", Hello())
app.add_route("/shout", Shout())

if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=8000)
