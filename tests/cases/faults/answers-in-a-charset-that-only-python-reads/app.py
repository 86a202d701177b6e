def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain; charset=unicode_escape")])
    return [rb"\x6f\x6b"]
