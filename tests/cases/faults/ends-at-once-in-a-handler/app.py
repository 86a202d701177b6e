import os


def app(environ, start_response):
    os._exit(0)
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"ok"]
