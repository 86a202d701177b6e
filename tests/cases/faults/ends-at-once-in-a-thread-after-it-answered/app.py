import os
import threading
import time


def end():
    time.sleep(0.05)
    os._exit(0)


def app(environ, start_response):
    threading.Thread(target=end).start()
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"ok"]
