"""How a file arrives from a form, is kept under a name of the server's, and is handed out again."""

import re
from urllib.parse import urlsplit

ADDRESS = re.compile(r"/files/[0-9a-f]{32}\.(txt|png)")
BOUNDED = {"Content-Type": "multipart/form-data; boundary=tea"}
PART = b'--tea\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
END = b"\r\n--tea--\r\n"
MEGABYTE = 2**20


def test_a_file_is_stored(client):
    """Three bytes as `a.txt` in the field `file` answer 201 with `{"size": 3, "name": "a.txt"}`."""
    response = send(client, "a.txt", b"tea")
    assert response.status == 201
    assert response.media_type == "application/json"
    assert response.json() == {"size": 3, "name": "a.txt"}


def test_the_bytes_come_back_as_they_were(client):
    """Every byte from 0 to 255 is in the file that `Location` leads to, and none is added."""
    content = bytes(range(256)) * 4
    response = client.get(place(send(client, "all.png", content, "image/png")))
    assert response.status == 200
    assert response.body == content


def test_an_empty_file_is_a_file(client):
    """A file without a byte is stored with the size 0."""
    response = send(client, "empty.txt", b"")
    assert response.status == 201
    assert response.json() == {"size": 0, "name": "empty.txt"}
    assert client.get(place(response)).body == b""


def test_a_name_may_have_other_letters(client):
    """`Zoë.txt` and `TEA.TXT` are named so in the answer. Both are texts."""
    for name in ("Zoë.txt", "TEA.TXT"):
        response = send(client, name, b"tea")
        assert response.json() == {"size": 3, "name": name}
        assert place(response).endswith(".txt")


def test_one_name_twice_is_two_files(client):
    """A second `a.txt` does not overwrite the first: each is found at its own address."""
    first = place(send(client, "a.txt", b"first"))
    second = place(send(client, "a.txt", b"second"))
    assert first != second
    assert client.get(first).body == b"first"
    assert client.get(second).body == b"second"


def test_another_method_changes_nothing(client):
    """`GET /files` lists no file, and `POST`, `PUT` or `DELETE` of one is 405 or 404: it stays."""
    stored = place(send(client, "a.txt", b"tea"))
    assert client.get("/files").status in (404, 405)
    for method in ("POST", "PUT", "DELETE"):
        assert client.request(method, stored, body=b"coffee").status in (404, 405)
    assert client.get(stored).body == b"tea"


def test_a_request_without_a_file_is_400(client):
    """A form without the field `file`, or with no file chosen in it, is 400."""
    assert client.post("/files", files={"other": ("a.txt", b"tea", "text/plain")}).status == 400
    assert (
        client.post("/files", files={"file": ("", b"", "application/octet-stream")}).status == 400
    )


def test_another_kind_of_body_is_no_server_error(client):
    """A urlencoded form, JSON, multipart without a boundary or with another are 400 or 415."""
    unbounded = {"Content-Type": "multipart/form-data"}
    for response in (
        client.post("/files", form={"file": "a.txt"}),
        client.post("/files", json={"file": "a.txt"}),
        client.post("/files", headers=unbounded, body=b"tea"),
        client.post("/files", headers=BOUNDED, body=b"coffee"),
    ):
        assert response.status in (400, 415)


def test_a_form_that_is_cut_off_is_refused(client):
    """Multipart that ends in the middle of the file, before the last boundary, is 400."""
    assert client.post("/files", headers=BOUNDED, body=PART + b"sugar and").status == 400
    assert client.post("/files", headers=BOUNDED, body=PART + b"sugar" + END).status == 201


def test_only_listed_types_are_taken(client):
    """Attack: `a.html`, `a.svg`, `a.txt.php`, `txt` and `.txt` are refused with 415."""
    for name in ("a.html", "a.svg", "a.txt.php", "txt", ".txt"):
        assert send(client, name, b"tea").status == 415


def test_a_name_is_never_a_path(client):
    """Attack: a name with `../`, `..\\`, a drive or a root leads to an address of the server's."""
    for name in ("../a.txt", "../../a.txt", "..\\a.txt", "/etc/a.txt", "C:\\a.txt", "a/b.txt"):
        response = send(client, name, b"tea")
        assert response.status == 201
        assert not {"/", "\\"} & set(response.json()["name"])
        assert ADDRESS.fullmatch(place(response))
        assert client.get(place(response)).body == b"tea"


def test_a_null_byte_hides_no_ending(client):
    """Attack: `a.php%00.txt` as a name is refused, or kept as text; `a.txt%00.php` is refused."""
    response = send(client, "a.php\0.txt", b"tea")
    assert response.status in (201, 400, 415)
    if response.status == 201:
        assert ADDRESS.fullmatch(place(response))
    assert send(client, "a.txt\0.php", b"tea").status in (400, 415)


def test_a_file_over_the_limit_is_413(client):
    """Attack: a file of a megabyte and one byte is 413. A request one byte below it is taken."""
    assert send(client, "large.txt", b"." * (MEGABYTE + 1)).status == 413
    content = b"." * (MEGABYTE - len(PART + END) - 1)
    response = client.post("/files", headers=BOUNDED, body=PART + content + END)
    assert response.status == 201
    assert response.json()["size"] == len(content)


def test_the_type_is_not_believed(client):
    """Attack: HTML with a script, sent as `a.txt` of type `text/html`, comes back as plain text."""
    page = b"<script>alert(1)</script>"
    text = place(send(client, "a.txt", page, "text/html"))
    assert client.get(text).media_type == "text/plain"
    image = place(send(client, "a.png", page, "text/html"))
    assert client.get(image).media_type == "image/png"


def test_a_download_is_never_shown_as_a_page(client):
    """It has `Content-Disposition: attachment` with the server's name, and `nosniff`."""
    stored = place(send(client, "a.txt", b"tea"))
    response = client.get(stored)
    disposition = response.headers["Content-Disposition"]
    assert disposition.lower().startswith("attachment")
    assert stored.removeprefix("/files/") in disposition
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_only_uploads_are_handed_out(client):
    """Attack: `/files/../app.py`, also encoded, is refused; a file that nobody sent is 404."""
    for path in (
        "/files/../app.py",
        "/files/..%2fapp.py",
        "/files/%2e%2e%2fapp.py",
        "/files/..%5capp.py",
        "/files//etc/passwd",
        "/files/a.txt",
    ):
        response = client.get(path, follow=True)
        assert response.status in (403, 404)
        assert "import" not in response.text
    assert client.get(f"/files/{'0' * 32}.txt").status == 404


def send(client, name, content, media_type="text/plain"):
    return client.post("/files", files={"file": (name, content, media_type)})


def place(response) -> str:
    """The path of the stored file; a framework may make its address absolute."""
    return urlsplit(response.headers["Location"]).path
