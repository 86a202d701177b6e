import faulthandler
import time


def app(environ, start_response):
    faulthandler.dump_traceback_later(0.05, exit=True)
    time.sleep(600)
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"ok"]
