import json

import web

web.config.debug = False  # before the application: it is on by default, and shows tracebacks

# --8<-- [start:route]
urls = (
    "/items", "Items",
    "/items/([0-9]+)", "Item",
    "/tags/([^/]+)", "Tag",
)  # fmt: skip
# --8<-- [end:route]


# --8<-- [start:by-hand]
def as_json(value):
    web.header("Content-Type", "application/json")
    return json.dumps(value)


# --8<-- [end:by-hand]
# --8<-- [start:handler]
class Item:
    def GET(self, item_id):
        return as_json({"id": int(item_id)})  # groups of the expression arrive as text


class Tag:
    def GET(self, name):
        return as_json({"tag": name})


# --8<-- [end:handler]
# --8<-- [start:url]
class Items:
    def POST(self):
        item_id = 7  # a database would hand out the number
        web.ctx.status = "201 Created"
        # --8<-- [start:by-hand-2]
        web.header("Location", f"/items/{item_id}")  # routes have no names: built by hand
        # --8<-- [end:by-hand-2]
        return as_json({"id": item_id})


# --8<-- [end:url]
app = web.application(urls, globals()).wsgifunc()

if __name__ == "__main__":
    web.httpserver.runsimple(app, ("127.0.0.1", 8000))
