import os
import time


def app(environ, start_response):
    if os.fork() == 0:
        while True:
            os.write(1, b"still here\n")
            time.sleep(0.05)
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"ok"]
