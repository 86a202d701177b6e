import json

import web

urls = (
    "/text", "Text",
    "/folder/", "Text",
    r"/items/(\d+)", "Item",
    "/tags/([^/]+)", "Tag",
    "/one", "One",
    "/several", "Several",
    "/name", "Name",
    "/form", "Form",
    "/guarded", "Guarded",
    "/json", "Data",
    "/old", "Old",
    "/cookie", "Cookie",
    "/boom", "Boom",
    "/nothing", "Nothing",
)  # fmt: skip


def answer(value):
    web.header("Content-Type", "application/json")
    return json.dumps(value)


class Text:
    def GET(self):
        return "hello"


class Item:
    def GET(self, item_id):
        return answer({"id": int(item_id)})


class Tag:
    def GET(self, name):
        return answer({"tag": name})


class One:
    def GET(self):
        return answer({"q": web.input().q})


class Several:
    def GET(self):
        return answer({"tag": web.input(tag=[]).tag})


class Name:
    def GET(self):
        return answer({"name": "Zoë"})


class Form:
    def POST(self):
        return answer({"name": web.input().name})


class Guarded:
    def POST(self):
        return "saved"


class Data:
    def POST(self):
        return answer({"got": json.loads(web.data())})


class Old:
    def GET(self):
        raise web.seeother("/text")


class Cookie:
    def GET(self):
        web.setcookie("theme", "dark")
        return "hello"


class Boom:
    def GET(self):
        raise RuntimeError("a secret stands here")


class Nothing:
    def GET(self):
        pass


app = web.application(urls, globals()).wsgifunc()
