import asyncio
import hmac
import os
import re
from uuid import uuid4

from tornado.web import Application, HTTPError, RequestHandler

API_KEY = os.environ.get("API_KEY", "for-development-only")
CONNECTIONS = list("abcd")  # in place of a database's


# --8<-- [start:outer]
# --8<-- [start:by-hand]
class Outer(RequestHandler):
    def initialize(self):  # always called; `prepare` is not, for a method that Tornado rejects
        given = self.request.headers.get("X-Request-ID", "")
        self.id = given if re.fullmatch("[A-Za-z0-9._-]{1,64}", given) else uuid4().hex
        self.trace = ["outer"]

    def finish(self, chunk=None):  # an error ends here too, its headers cleared before
        self.trace.append("outer")
        self.set_header("X-Request-ID", self.id)
        self.set_header("X-Trace", ", ".join(self.trace))
        self.set_header("Server-Timing", f"app;dur={self.request.request_time() * 1000:.1f}")
        return super().finish(chunk)


# --8<-- [end:by-hand]
# --8<-- [end:outer]
# --8<-- [start:inner]
# --8<-- [start:by-hand-2]
class Inner(Outer):
    connection = None

    def prepare(self):
        self.trace.append("inner")
        key = self.request.headers.get("Authorization", "").encode()
        private = self.request.path.startswith("/private")
        if private and not hmac.compare_digest(key, f"Bearer {API_KEY}".encode()):
            self.set_status(401)
            self.set_header("WWW-Authenticate", "Bearer")
            self.finish()  # then no method is called
        else:
            self.connection = CONNECTIONS.pop()

    def finish(self, chunk=None):
        self.trace.append("inner")
        return super().finish(chunk)

    def on_finish(self):
        if self.connection:
            CONNECTIONS.append(self.connection)


# --8<-- [end:by-hand-2]
# --8<-- [end:inner]
# --8<-- [start:handler]
class Index(Inner):
    def get(self):
        self.trace.append("handler")
        self.write({"id": self.id, "trace": self.trace, "free": len(CONNECTIONS)})


class Boom(Inner):
    def get(self):
        self.trace.append("handler")
        raise RuntimeError


class NothingHere(Inner):
    def prepare(self):
        super().prepare()
        if not self._finished:
            raise HTTPError(404)


# --8<-- [end:handler]
class Slow(Inner):
    async def get(self):
        await asyncio.sleep(0.02)
        self.write({})


class Private(Inner):
    def get(self):
        self.trace.append("handler")
        self.write({"private": True})


# --8<-- [start:order]
app = Application(
    [("/", Index), ("/boom", Boom), ("/slow", Slow), ("/private", Private)],
    default_handler_class=NothingHere,  # else unknown paths would pass none of this
)
# --8<-- [end:order]


async def main():
    app.listen(8000, "127.0.0.1")
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
