import os
import time


def app(environ, start_response):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            os.setsid()
            time.sleep(600)
        os._exit(0)
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"ok"]
