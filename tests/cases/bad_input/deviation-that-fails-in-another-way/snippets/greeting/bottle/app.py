def app(environ, start_response):
    path = environ["PATH_INFO"]
    status = "404 Not Found" if path == "/missing" else "500 Internal Server Error"
    start_response(status, [("Content-Type", "text/plain"), ("Content-Length", "0")])
    return [b""]
