import asyncio
import json

job = {"state": "none"}
ticks = [0]
kept = set()
present = []


async def tick():
    while True:
        await asyncio.sleep(0.01)
        ticks[0] += 1


async def meet():
    present.append(None)
    for _ in range(300):
        if len(present) > 1:
            return len(present)
        await asyncio.sleep(0.01)
    return 1


async def length(receive):
    got, more = 0, True
    while more:
        event = await receive()
        got, more = got + len(event["body"]), event["more_body"]
    return got


async def app(scope, receive, send):
    if scope["type"] == "lifespan":
        raise NotImplementedError
    path, status, answer = scope["path"], 200, None
    fields = [(b"content-type", b"application/json")]
    begins = path == "/job" and scope["method"] == "POST"
    if path == "/who":
        cookie = dict(scope["headers"]).get(b"cookie", b"").decode()
        answer = {"address": scope["client"][0], "scheme": scope["scheme"], "cookie": cookie}
    elif path == "/mark":
        fields.append((b"set-cookie", b"mark=1"))
        if scope["query_string"]:
            fields.append((b"set-cookie", b"secret=1; Secure"))
    elif begins:
        status, job["state"] = 202, "waiting"
    elif path == "/job":
        answer = job["state"]
    elif path == "/ticks":
        if not kept:
            kept.add(asyncio.create_task(tick()))
        answer = ticks[0]
    elif path == "/meet":
        answer = await meet()
    elif path == "/length":
        answer = await length(receive)
    else:
        status = 404
    body = json.dumps(answer).encode()
    fields.append((b"content-length", str(len(body)).encode()))
    await send({"type": "http.response.start", "status": status, "headers": fields})
    await send({"type": "http.response.body", "body": body})
    if begins:  # as Starlette runs its background tasks
        await asyncio.sleep(0.25)
        job["state"] = "done"
