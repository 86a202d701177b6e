"""What a contract can ask besides one request after the other."""


def test_a_second_visitor(client):
    """Each visitor has an address and cookies of its own."""
    other, far = client.another(), client.another(address="127.0.0.9")
    assert [one.get("/who").json()["address"] for one in (client, other, far)] == [
        "127.0.0.1",
        "127.0.0.2",
        "127.0.0.9",
    ]
    client.get("/mark")
    assert client.get("/who").json()["cookie"] == "mark=1"
    assert other.get("/who").json()["cookie"] == ""


def test_over_https(client):
    """A visitor over https is one, and gets back what is Secure."""
    secure = client.another(scheme="https")
    assert secure.get("/who").json()["scheme"] == "https"
    assert client.get("/who").json()["scheme"] == "http"
    secure.get("/mark?secure")
    assert secure.get("/who").json()["cookie"] == "mark=1; secret=1"


def test_from_elsewhere(client):
    """A visitor may come from anywhere."""
    assert client.another(address="203.0.113.9").get("/who").json()["address"] == "203.0.113.9"


def test_time_passes(client):
    """A job is taken on at once, and done a moment later."""
    assert client.post("/job").status == 202
    assert client.get("/job").json() == "waiting"
    client.wait(0.5)
    assert client.get("/job").json() == "done"


def test_until(client):
    """A wait ends with what it waits for."""
    client.post("/job")
    assert client.wait(1.5, until=lambda: client.get("/job").json() == "done")


def test_a_timer_goes_on(client):
    """What ticks, ticks while nobody asks."""
    first = client.get("/ticks").json()
    client.wait(0.3)
    assert client.get("/ticks").json() > first + 3


def test_two_together(client):
    """Two requests meet in the application."""
    other = client.another()
    answers = client.together([client.later.get("/meet"), other.later.get("/meet")])
    assert [answer.json() for answer in answers] == [2, 2]


def test_a_long_body(client):
    """A body that comes in pieces is read to its end."""
    assert client.post("/length", body=b"x" * 200_000).json() == 200_000


def test_a_wait_in_vain(client):
    """This one fails, in the contract's line."""
    client.wait(0.1, until=lambda: client.get("/never").status == 200)
