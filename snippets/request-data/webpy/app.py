import json

import web

web.config.debug = False  # before the application: it is on by default, and shows tracebacks

LIMIT = 1_000  # bytes
urls = (
    "/search", "Search",
    "/names/([^/]+)", "Name",
    "/visitor", "Visitor",
    "/form", "Form",
    "/raw", "Raw",
)  # fmt: skip


def as_json(value):
    web.header("Content-Type", "application/json")
    return json.dumps(value)


# --8<-- [start:query]
class Search:
    def GET(self):
        query = web.input(tag=[], page="1")  # a list as default: all the values
        # --8<-- [start:by-hand]
        try:
            page = int(query.page)
        except ValueError:
            page = 0
        if page < 1:
            raise web.badrequest("page is a number from 1 on")
        # --8<-- [end:by-hand]
        return as_json({"tags": query.tag, "page": page})


class Name:
    def GET(self, name):
        return as_json({"name": name})


# --8<-- [end:query]
# --8<-- [start:headers]
class Visitor:
    def GET(self):
        language = web.ctx.env.get("HTTP_ACCEPT_LANGUAGE", "en")
        return as_json({"language": language, "address": web.ctx.ip})


# --8<-- [end:headers]
# --8<-- [start:body]
class Form:
    def POST(self):
        # --8<-- [start:by-hand-2]
        try:
            form = web.input(_method="post", name="")  # without _method the query is mixed in
        except UnicodeDecodeError:
            raise web.badrequest("The form is not UTF-8.") from None
        # --8<-- [end:by-hand-2]
        return as_json({"name": form.name})


class Raw:
    def POST(self):
        body = web.data()
        return as_json({"length": len(body), "hex": body.hex()})


# --8<-- [start:by-hand-3]
def limit_body():
    if web.intget(web.ctx.env.get("CONTENT_LENGTH"), 0) > LIMIT:
        raise web.HTTPError("413 Content Too Large", {"Content-Type": "text/plain"})


# --8<-- [end:by-hand-3]
application = web.application(urls, globals())
application.add_processor(web.loadhook(limit_body))
# --8<-- [end:body]
app = application.wsgifunc()

if __name__ == "__main__":
    web.httpserver.runsimple(app, ("127.0.0.1", 8000))
