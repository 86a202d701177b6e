raise ValueError("\ud800 \0 \udcff \ufffe")


def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"ok"]
