import os


def app(environ, start_response):
    os.killpg(0, 9)
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"ok"]
