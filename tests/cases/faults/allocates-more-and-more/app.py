HELD = []


def app(environ, start_response):
    for _ in range(256):
        HELD.append(bytearray(16 << 20))
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"ok"]
