import os


def app(environ, start_response):
    os.abort()
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"ok"]
