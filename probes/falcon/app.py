import falcon
import falcon.asgi


class Text:
    async def on_get(self, req, resp):
        resp.text = "hello"


class Item:
    async def on_get(self, req, resp, item_id):
        resp.media = {"id": item_id}


class Tag:
    async def on_get(self, req, resp, name):
        resp.media = {"tag": name}


class One:
    async def on_get(self, req, resp):
        resp.media = {"q": req.params["q"]}


class Several:
    async def on_get(self, req, resp):
        resp.media = {"tag": req.get_param_as_list("tag")}


class Name:
    async def on_get(self, req, resp):
        resp.media = {"name": "Zoë"}


class Form:
    async def on_post(self, req, resp):
        form = await req.get_media()
        resp.media = {"name": form["name"]}


class Guarded:
    async def on_post(self, req, resp):
        resp.text = "saved"


class Data:
    async def on_post(self, req, resp):
        resp.media = {"got": await req.get_media()}


class Old:
    async def on_get(self, req, resp):
        raise falcon.HTTPFound("/text")


class Cookie:
    async def on_get(self, req, resp):
        resp.set_cookie("theme", "dark")
        resp.text = "hello"


class Boom:
    async def on_get(self, req, resp):
        raise RuntimeError("a secret stands here")


class Nothing:
    async def on_get(self, req, resp):
        pass


app = falcon.asgi.App()
app.add_route("/text", Text())
app.add_route("/folder/", Text())
app.add_route("/items/{item_id:int}", Item())
app.add_route("/tags/{name}", Tag())
app.add_route("/one", One())
app.add_route("/several", Several())
app.add_route("/name", Name())
app.add_route("/form", Form())
app.add_route("/guarded", Guarded())
app.add_route("/json", Data())
app.add_route("/old", Old())
app.add_route("/cookie", Cookie())
app.add_route("/boom", Boom())
app.add_route("/nothing", Nothing())
