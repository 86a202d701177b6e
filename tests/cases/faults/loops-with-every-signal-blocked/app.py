import signal


def app(environ, start_response):
    signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    while True:
        pass
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"ok"]
