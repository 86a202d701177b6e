import json


def app(environ, start_response):
    path = environ["PATH_INFO"]
    text = ("Content-Type", "text/plain; charset=utf-8")
    if path == "/plain":
        start_response("200 OK", [text, ("Content-Length", "5")])
        return [b"plain"]
    if path == "/teapot":
        start_response("418 Short And Stout", [text, ("Content-Length", "0")])
        return []
    if path == "/no-content":
        start_response("204 No Content", [text])
        return []
    if path == "/etag":
        if environ.get("HTTP_IF_NONE_MATCH"):
            start_response("304 Not Modified", [("ETag", '"1"')])
            return []
        start_response("200 OK", [text, ("ETag", '"1"'), ("Content-Length", "3")])
        return (chunk for chunk in [b"t", b"ag"])
    if path == "/redirect":
        start_response("302 Found", [("Location", "/plain"), ("Content-Length", "0")])
        return []
    if path == "/cookies":
        cookies = [("Set-Cookie", "a=1; Path=/"), ("Set-Cookie", "b=2; HttpOnly; Path=/")]
        start_response("200 OK", [text, *cookies, ("Content-Length", "0")])
        return [b""]
    if path == "/latin-1":
        start_response("200 OK", [text, ("X-Name", "zo\xeb"), ("Content-Length", "0")])
        return []
    if path == "/stream":
        return stream(start_response)
    if path == "/big":
        write = start_response("200 OK", [text, ("Content-Length", "1500000")])
        write(b"x" * 1_000_000)
        return [b"y" * 500_000]
    if path == "/connection":  # PEP 3333 forbids the field, so that one is for ASGI and Tornado
        start_response("200 OK", [text, ("Content-Length", "0")])
        return []
    if path.startswith("/echo"):
        return echo(environ, start_response)
    if path == "/raise":
        raise RuntimeError("secret")
    if path == "/raise-early":
        return raise_early(start_response)
    if path == "/raise-late":
        return raise_late(start_response)
    if path == "/raise-after":
        return RaisesOnClose(start_response)
    if path == "/short":
        start_response("200 OK", [text, ("Content-Length", "9")])
        return [b"short"]
    if path == "/wide":
        start_response("200 OK", [text, ("X-Name", "\u20ac")])
        return [b""]
    start_response("404 Not Found", [text])
    return [b"missing"]


def stream(start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    yield b""
    yield b"one "
    yield b""
    yield "zwölf".encode()


def echo(environ, start_response):
    stream = environ["wsgi.input"]
    body = stream.read(2) + stream.read()
    fields = ("CONTENT_TYPE", "CONTENT_LENGTH")
    answer = {
        "method": environ["REQUEST_METHOD"],
        "script": environ["SCRIPT_NAME"],
        "path": environ["PATH_INFO"],
        "query": environ["QUERY_STRING"],
        "scheme": environ["wsgi.url_scheme"],
        "protocol": environ["SERVER_PROTOCOL"],
        "remote": environ["REMOTE_ADDR"],
        "fields": {
            name: value
            for name, value in sorted(environ.items())
            if name.startswith("HTTP_") or (name in fields and value)
        },
        "length": len(body),
        "body": body[:200].hex(),
        "after": stream.read(10).hex(),
        "url": environ["wsgi.version"],
    }
    content = json.dumps(answer).encode()
    start_response(
        "200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(content)))]
    )
    return [content]


def raise_early(start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    raise RuntimeError("secret")


def raise_late(start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    yield b"a part"
    raise RuntimeError("secret")


class RaisesOnClose:
    def __init__(self, start_response):
        start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "5")])
        self.chunks = iter([b"whole"])

    def __iter__(self):
        return self.chunks

    def close(self):
        raise RuntimeError("secret")
