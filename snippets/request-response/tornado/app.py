import asyncio

from tornado.web import Application, RequestHandler


# --8<-- [start:hello]
class Hello(RequestHandler):
    def get(self):
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.write("Hello, world!")

    head = get  # without it HEAD is answered 405; Tornado leaves the body out itself


# --8<-- [end:hello]
# --8<-- [start:handler]
class Shout(RequestHandler):
    def post(self):
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        text = self.request.body.decode(errors="replace")  # the body may be any bytes
        if not text:
            self.set_status(400)
            self.write("Send some text.")
            return
        self.set_header("X-Request-ID", self.request.headers.get("X-Request-ID", "none"))
        self.write(text.upper())


# --8<-- [end:handler]
app = Application([("/", Hello), ("/shout", Shout)])


async def main():
    app.listen(8000, "127.0.0.1")
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
