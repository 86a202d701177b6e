import sys


def app(environ, start_response):
    for _ in range(1000):
        sys.stdout.write("x" * 1_000_000)
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"ok"]
