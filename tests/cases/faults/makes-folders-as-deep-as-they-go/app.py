import os


def app(environ, start_response):
    for _ in range(3000):
        os.mkdir("deeper")
        os.chdir("deeper")
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"ok"]
