import json

json.dumps = json.loads = json.JSONEncoder.encode = json.JSONDecoder.decode = None


def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"ok"]
