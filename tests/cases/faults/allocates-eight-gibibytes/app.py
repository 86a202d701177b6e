def app(environ, start_response):
    bytearray(8 << 30)
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"ok"]
