import asyncio

from tornado.web import Application, HTTPError, RequestHandler

LIMIT = 1_000  # bytes


# --8<-- [start:query]
class Search(RequestHandler):
    def get(self):
        # --8<-- [start:by-hand]
        try:
            page = int(self.get_query_argument("page", "1"))
        except ValueError:
            page = 0
        if page < 1:
            raise HTTPError(400, "page is a number from 1 on")
        # --8<-- [end:by-hand]
        self.write({"tags": self.get_query_arguments("tag"), "page": page})


class Name(RequestHandler):
    def get(self, name):
        self.write({"name": name})


# --8<-- [end:query]
# --8<-- [start:headers]
class Visitor(RequestHandler):
    def get(self):
        language = self.request.headers.get("Accept-Language", "en")
        self.write({"language": language, "address": self.request.remote_ip})


# --8<-- [end:headers]
# --8<-- [start:body]
class BodyHandler(RequestHandler):
    # --8<-- [start:by-hand-2]
    def prepare(self):  # the server's own limit, `max_body_size`, is answered with 400
        if len(self.request.body) > LIMIT:
            raise HTTPError(413)

    # --8<-- [end:by-hand-2]


class Form(BodyHandler):
    def post(self):
        self.write({"name": self.get_body_argument("name", "")})


class Raw(BodyHandler):
    def post(self):
        body = self.request.body
        self.write({"length": len(body), "hex": body.hex()})


# --8<-- [end:body]
routes = [
    ("/search", Search),
    ("/names/([^/]+)", Name),
    ("/visitor", Visitor),
    ("/form", Form),
    ("/raw", Raw),
]
app = Application(routes)


async def main():
    app.listen(8000, "127.0.0.1", max_body_size=10 * LIMIT)  # 100 MB if not set
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
