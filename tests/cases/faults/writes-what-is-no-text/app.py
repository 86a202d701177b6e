import sys


def app(environ, start_response):
    sys.stdout.flush()
    for stream in (1, 2):
        open(stream, "wb", closefd=False).write(
            bytes(range(256)) + "\ud800".encode("utf-8", "surrogatepass")
        )
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"ok"]
