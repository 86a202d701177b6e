import asyncio

from tornado.web import Application, RequestHandler, url


# --8<-- [start:by-hand]
class Handler(RequestHandler):
    def write_error(self, status_code, **kwargs):
        if status_code == 405:  # Tornado sends it without the `Allow` that HTTP asks for
            methods = [m for m in self.SUPPORTED_METHODS if m.lower() in vars(type(self))]
            self.set_header("Allow", ", ".join(methods))
        super().write_error(status_code, **kwargs)


# --8<-- [end:by-hand]
# --8<-- [start:handler]
class Item(Handler):
    def get(self, item_id):
        self.write({"id": int(item_id)})  # groups of the expression arrive as text


class Tag(Handler):
    def get(self, name):
        self.write({"tag": name})


# --8<-- [end:handler]
# --8<-- [start:url]
class Items(Handler):
    def post(self):
        self.set_status(201)
        self.set_header("Location", self.reverse_url("item", 7))  # a database would know the number
        self.write({"id": 7})


# --8<-- [end:url]
# --8<-- [start:route]
routes = [
    url("/items", Items),
    url("/items/([0-9]+)", Item, name="item"),
    url("/tags/([^/]+)", Tag),
]
# --8<-- [end:route]
app = Application(routes)


async def main():
    app.listen(8000, "127.0.0.1")
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
