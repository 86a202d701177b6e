import os
import time


def app(environ, start_response):
    if os.fork() == 0:
        while True:
            time.sleep(600)
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"ok"]
