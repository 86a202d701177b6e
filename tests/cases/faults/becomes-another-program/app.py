import os
import sys


def app(environ, start_response):
    os.execv(sys.executable, [sys.executable, "-c", ""])
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"ok"]
