import asyncio
import json

from tornado.web import Application, HTTPError, RequestHandler, stream_request_body


class Plain(RequestHandler):
    def get(self):
        self.write("plain")

    head = get


class Teapot(RequestHandler):
    def get(self):
        self.set_status(418, "Short And Stout")


class NoContent(RequestHandler):
    async def get(self):
        await asyncio.sleep(0)
        self.set_status(204)


class Tag(RequestHandler):
    def get(self):
        self.write("tag")


class Redirect(RequestHandler):
    def get(self):
        self.clear_header("Content-Type")
        self.redirect("/plain")


class Cookies(RequestHandler):
    def get(self):
        self.set_cookie("a", "1")
        self.set_cookie("b", "2", httponly=True)


class Latin1(RequestHandler):
    def get(self):
        self.set_header("X-Name", "zo\xeb")


class Stream(RequestHandler):
    async def get(self):
        for chunk in ("", "one ", "", "zwölf"):
            self.write(chunk)
            await self.flush()

    head = get


class Big(RequestHandler):
    async def get(self):
        self.write(b"x" * 1_000_000)
        await self.flush()
        self.write(b"y" * 500_000)


class Connection(RequestHandler):
    def get(self):
        self.set_header("Connection", "close")


class Echo(RequestHandler):
    def prepare(self):
        self.prepared = True

    async def get(self):
        body = self.request.body
        self.write(
            json.dumps(
                {
                    "prepared": self.prepared,
                    "method": self.request.method,
                    "uri": self.request.uri,
                    "path": self.request.path,
                    "version": self.request.version,
                    "remote": self.request.remote_ip,
                    "protocol": self.request.protocol,
                    "host": self.request.host,
                    "fields": list(self.request.headers.get_all()),
                    "arguments": {
                        name: [value.decode("latin-1") for value in values]
                        for name, values in self.request.arguments.items()
                    },
                    "files": {
                        name: [[file.filename, file.content_type, len(file.body)] for file in files]
                        for name, files in self.request.files.items()
                    },
                    "cookies": {name: morsel.value for name, morsel in self.cookies.items()},
                    "length": len(body),
                    "body": body[:200].hex(),
                }
            )
        )

    post = put = patch = delete = options = get


class Raise(RequestHandler):
    def get(self):
        self.write("not sent")
        raise RuntimeError("secret")


class RaiseEarly(RequestHandler):
    async def prepare(self):
        await asyncio.sleep(0)
        raise RuntimeError("secret")


class RaiseLate(RequestHandler):
    async def get(self):
        self.write("a part")
        await self.flush()
        raise RuntimeError("secret")


class RaiseAfter(RequestHandler):
    def get(self):
        self.finish("whole")

    def on_finish(self):
        pass


class Short(RequestHandler):
    def get(self):
        self.set_header("Content-Length", "9")
        self.write("short")


class Wide(RequestHandler):
    def get(self):
        try:
            self.set_header("X-Name", "\u20ac".encode("latin-1"))
        except UnicodeEncodeError:
            raise HTTPError(500) from None


@stream_request_body
class Upload(RequestHandler):
    async def prepare(self):
        self.request.connection.set_max_body_size(400_000)
        self.pieces = []
        if "X-Refuse" in self.request.headers:
            self.set_status(413)
            self.finish("refused")

    async def data_received(self, chunk):
        await asyncio.sleep(0)
        self.pieces.append(len(chunk))

    def post(self):
        self.write({"length": sum(self.pieces), "whole": len(self.pieces) < 2})


app = Application(
    [
        ("/plain", Plain),
        ("/teapot", Teapot),
        ("/no-content", NoContent),
        ("/etag", Tag),
        ("/redirect", Redirect),
        ("/cookies", Cookies),
        ("/latin-1", Latin1),
        ("/stream", Stream),
        ("/big", Big),
        ("/connection", Connection),
        ("/echo.*", Echo),
        ("/raise", Raise),
        ("/raise-early", RaiseEarly),
        ("/raise-late", RaiseLate),
        ("/raise-after", RaiseAfter),
        ("/short", Short),
        ("/wide", Wide),
        ("/upload", Upload),
    ]
)
