class App:
    @property
    def __signature__(self):
        raise SystemExit(0)

    @property
    def __class__(self):
        raise SystemExit(0)

    def __call__(self, environ, start_response):
        start_response("404 Not Found", [("Content-Type", "text/plain")])
        return [b"no"]


app = App()
