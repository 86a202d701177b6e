import json

events = []


async def app(scope, receive, send):
    if scope["type"] == "lifespan":
        return await lifespan(scope, receive, send)
    path = scope["path"]
    text = (b"content-type", b"text/plain; charset=utf-8")

    async def start(status, *fields):
        await send({"type": "http.response.start", "status": status, "headers": fields})

    async def body(content=b"", more=False):
        await send({"type": "http.response.body", "body": content, "more_body": more})

    if path == "/plain":
        await start(200, text, (b"content-length", b"5"))
        await body(b"plain")
    elif path == "/teapot":
        await start(418, text, (b"content-length", b"0"))
        await send({"type": "http.response.body"})
    elif path == "/no-content":
        await start(204, text)
        await body()
    elif path == "/etag":
        if b"if-none-match" in dict(scope["headers"]):
            await start(304, (b"ETag", b'"1"'))
            await body()
        else:
            await start(200, text, (b"ETag", b'"1"'), (b"content-length", b"3"))
            await body(b"tag")
    elif path == "/redirect":
        await start(302, (b"Location", b"/plain"), (b"content-length", b"0"))
        await body()
    elif path == "/cookies":
        first, second = (b"set-cookie", b"a=1; Path=/"), (b"set-cookie", b"b=2; Path=/")
        await start(200, text, first, second, (b"content-length", b"0"))
        await body()
    elif path == "/latin-1":
        await start(200, text, (b"x-name", b"zo\xeb"), (b"content-length", b"0"))
        await body()
    elif path == "/stream":
        await start(200, text)
        for chunk in (b"", b"one ", b"", "zwölf".encode()):
            await body(chunk, more=True)
        await body()
    elif path == "/big":
        await start(200, text, (b"content-length", b"1500000"))
        await body(b"x" * 1_000_000, more=True)
        await body(b"y" * 500_000)
    elif path == "/connection":
        await start(200, text, (b"connection", b"close"), (b"content-length", b"0"))
        await body()
    elif path.startswith("/echo"):
        content = json.dumps(await echo(scope, receive)).encode()
        length = (b"content-length", str(len(content)).encode())
        await start(200, (b"content-type", b"application/json"), length)
        await body(content)
    elif path == "/raise":
        raise RuntimeError("secret")
    elif path == "/raise-early":
        await receive()
        raise RuntimeError("secret")
    elif path == "/raise-late":
        await start(200, text)
        await body(b"a part", more=True)
        raise RuntimeError("secret")
    elif path == "/raise-after":
        await start(200, text, (b"content-length", b"5"))
        await body(b"whole")
        raise RuntimeError("secret")
    elif path == "/short":
        await start(200, text, (b"content-length", b"9"))
        await body(b"short")
    elif path == "/wide":
        await start(200, text, (b"x-name", "\u20ac".encode("latin-1")))
        await body()
    else:
        await start(404, text)
        await body(b"missing")


async def lifespan(scope, receive, send):
    scope["state"]["started"] = "once"
    while True:
        event = await receive()
        events.append(event["type"])
        await send({"type": event["type"] + ".complete"})
        if event["type"] == "lifespan.shutdown":
            return


async def echo(scope, receive):
    content, more = b"", True
    while more:
        event = await receive()
        content += event.get("body", b"")
        more = event.get("more_body", False)
    scope["state"]["seen"] = True  # of this request alone
    return {
        "type": scope["type"],
        "method": scope["method"],
        "scheme": scope["scheme"],
        "version": scope["http_version"],
        "path": scope["path"],
        "raw_path": scope["raw_path"].decode(),
        "root_path": scope["root_path"],
        "query": scope["query_string"].decode(),
        "fields": [[n.decode("latin-1"), v.decode("latin-1")] for n, v in scope["headers"]],
        "client": scope["client"][0],
        "length": len(content),
        "body": content[:200].hex(),
        "state": sorted(scope["state"]),
        "events": events,
    }
