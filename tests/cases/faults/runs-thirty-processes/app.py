import os
import time


def app(environ, start_response):
    for _ in range(30):
        if os.fork() == 0:
            time.sleep(600)
    time.sleep(0.2)
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"ok"]
