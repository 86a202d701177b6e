import ctypes


def app(environ, start_response):
    ctypes.string_at(0)
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"ok"]
