import falcon
import falcon.asgi
import uvicorn


# --8<-- [start:handler]
class Item:
    async def on_get(self, req, resp, item_id):
        resp.media = {"id": item_id}


class Tag:
    async def on_get(self, req, resp, name):
        if not name:  # a field matches an empty segment too
            raise falcon.HTTPNotFound
        resp.media = {"tag": name}


# --8<-- [end:handler]
# --8<-- [start:url]
class Items:
    async def on_post(self, req, resp):
        item_id = 7  # a database would hand out the number
        resp.status = falcon.HTTP_201
        # --8<-- [start:by-hand]
        resp.location = f"/items/{item_id}"  # routes have no names: the URL is built by hand
        # --8<-- [end:by-hand]
        resp.media = {"id": item_id}


# --8<-- [end:url]
# --8<-- [start:route]
app = falcon.asgi.App()
app.add_route("/items", Items())
app.add_route("/items/{item_id:int(min=0)}", Item())  # `int` alone lets a minus sign through
app.add_route("/tags/{name}", Tag())
# --8<-- [end:route]

if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=8000)
