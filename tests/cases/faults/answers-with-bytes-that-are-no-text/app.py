def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return [b"\xff\xfe\x00ok\xed\xa0\x80"]
