import socket


def app(environ, start_response):
    with socket.create_server(("127.0.0.1", 0)) as server:
        with socket.create_connection(server.getsockname(), timeout=1) as one:
            one.sendall(b"ok")
            other, _ = server.accept()
            with other:
                heard = other.recv(2)
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [heard]
