import atexit
import threading
import time

atexit.register(time.sleep, 600)
threading._register_atexit(time.sleep, 600)


def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"ok"]
