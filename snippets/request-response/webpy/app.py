import web

web.config.debug = False  # before the application: it is on by default, and shows tracebacks

urls = ("/", "Hello", "/shout", "Shout")


# --8<-- [start:hello]
class Hello:
    def GET(self):
        body = b"Hello, world!"
        web.header("Content-Type", "text/plain; charset=utf-8")
        web.header("Content-Length", str(len(body)))  # web.py sets none
        return body

    # --8<-- [start:by-hand]
    def HEAD(self):  # without it GET answers, and not every server drops the body
        self.GET()
        return b""


# --8<-- [end:by-hand]
# --8<-- [end:hello]
# --8<-- [start:handler]
class Shout:
    def POST(self):
        web.header("Content-Type", "text/plain; charset=utf-8")
        text = web.data().decode(errors="replace")  # the body is bytes, and may be any bytes
        if not text:
            web.ctx.status = "400 Bad Request"
            return "Send some text."
        web.header("X-Request-ID", web.ctx.env.get("HTTP_X_REQUEST_ID", "none"))
        return text.upper()


# --8<-- [end:handler]
app = web.application(urls, globals()).wsgifunc()

if __name__ == "__main__":
    web.httpserver.runsimple(app, ("127.0.0.1", 8000))
