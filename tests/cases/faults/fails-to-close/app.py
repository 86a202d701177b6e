class Body(list):
    def close(self):
        raise SystemExit(0)


def app(environ, start_response):
    start_response("404 Not Found", [("Content-Type", "text/plain")])
    return Body([b"no"])
