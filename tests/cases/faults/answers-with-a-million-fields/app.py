def app(environ, start_response):
    fields = [("X-Field", str(number)) for number in range(1_000_000)]
    start_response("404 Not Found", [("Content-Type", "text/plain"), *fields])
    return [b"no"]
