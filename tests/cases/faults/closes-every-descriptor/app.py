import os


def app(environ, start_response):
    os.closerange(0, 65536)
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"ok"]
