import sys


def app(environ, start_response):
    sys.exit(0)
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"ok"]
