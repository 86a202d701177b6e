class Mute(BaseException):
    def __str__(self):
        raise ValueError("mute")


def app(environ, start_response):
    raise Mute
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"ok"]
