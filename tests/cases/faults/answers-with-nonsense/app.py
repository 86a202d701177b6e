def app(environ, start_response):
    return 7
