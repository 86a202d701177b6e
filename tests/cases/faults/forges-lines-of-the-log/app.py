text = "\n::error file=README.md,line=1::forged\r\n::set-output name=a::b\n\x1b[2J\x1b]0;forged\x07"
print(text)
raise ValueError(text)


def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"ok"]
