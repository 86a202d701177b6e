def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain"), ("X-Note", "a\r\nSet-Cookie: b=c\0")])
    return [b"ok"]
