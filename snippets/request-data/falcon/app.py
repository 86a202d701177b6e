import falcon
import falcon.asgi
import uvicorn

LIMIT = 1_000  # bytes


# --8<-- [start:query]
class Search:
    async def on_get(self, req, resp):
        resp.media = {
            "tags": req.get_param_as_list("tag", default=[]),  # without the default it is None
            "page": req.get_param_as_int("page", min_value=1, default=1),
        }


class Name:
    async def on_get(self, req, resp, name):
        resp.media = {"name": name}


# --8<-- [end:query]
# --8<-- [start:headers]
class Visitor:
    async def on_get(self, req, resp):
        resp.media = {
            "language": req.get_header("Accept-Language", default="en"),
            "address": req.remote_addr,  # not `access_route`, which believes X-Forwarded-For
        }


# --8<-- [end:headers]
# --8<-- [start:body]
class Form:
    async def on_post(self, req, resp):
        form = await req.get_media()  # a dictionary, by the Content-Type
        resp.media = {"name": form.get("name", "")}


class Raw:
    async def on_post(self, req, resp):
        body = await req.stream.read()
        resp.media = {"length": len(body), "hex": body.hex()}


# --8<-- [start:by-hand]
class BodyLimit:
    async def process_request(self, req, resp):
        if req.get_header("Transfer-Encoding"):  # its length shows only at the end
            raise falcon.HTTPLengthRequired
        if (req.content_length or 0) > LIMIT:
            raise falcon.HTTPContentTooLarge


# --8<-- [end:by-hand]
app = falcon.asgi.App(middleware=[BodyLimit()])
# --8<-- [end:body]
app.add_route("/search", Search())
app.add_route("/names/{name}", Name())
app.add_route("/visitor", Visitor())
app.add_route("/form", Form())
app.add_route("/raw", Raw())

if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=8000, proxy_headers=False)
