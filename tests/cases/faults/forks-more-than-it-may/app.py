import os
import time


def app(environ, start_response):
    for _ in range(300):
        if os.fork() == 0:
            time.sleep(600)
    time.sleep(1)
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"300 processes"]
