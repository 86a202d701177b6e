import json
import os
import sys

RESPONSE = [200, "OK", [["X", "\ud800"]], "ok"]


def speak(frame):
    """Answer this request and all that follow in the worker's place."""
    channel, asked = frame.f_locals["channel"], frame.f_locals["frame"]
    while asked:
        answer = {"id": asked["id"], "answers": [{"response": RESPONSE}], "place": {}}
        text = json.dumps(answer).encode()
        view = memoryview(len(text).to_bytes(4, "big") + text)
        while view:
            view = view[os.write(channel, view) :]
        length = int.from_bytes(os.read(channel, 4), "big")
        content = b""
        while len(content) < length:
            content += os.read(channel, length - len(content))
        asked = json.loads(content) if content else None
    os._exit(0)


def app(environ, start_response):
    frame = sys._getframe()
    while frame is not None:
        if {"channel", "frame"} <= set(frame.f_locals):
            speak(frame)
        frame = frame.f_back
    start_response("404 Not Found", [("Content-Type", "text/plain")])
    return [b"no"]
