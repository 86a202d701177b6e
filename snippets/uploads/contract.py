"""How a file arrives from a form, is kept under a name of the server's, and is handed out again."""

import re
from urllib.parse import urlsplit

ADDRESS = re.compile(r"/files/[0-9a-f]{32}\.(txt|png)")


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
    """`Zoë.txt` is named `Zoë.txt` in the answer."""
    assert send(client, "Zoë.txt", b"tea").json() == {"size": 3, "name": "Zoë.txt"}


def test_one_name_twice_is_two_files(client):
    """A second `a.txt` does not overwrite the first: each is found at its own address."""
    first = place(send(client, "a.txt", b"first"))
    second = place(send(client, "a.txt", b"second"))
    assert first != second
    assert client.get(first).body == b"first"
    assert client.get(second).body == b"second"


def test_a_request_without_a_file_is_400(client):
    """A form without the field `file`, or with no file chosen in it, is 400."""
    assert client.post("/files", files={"other": ("a.txt", b"tea", "text/plain")}).status == 400
    assert (
        client.post("/files", files={"file": ("", b"", "application/octet-stream")}).status == 400
    )


def test_another_kind_of_body_is_no_server_error(client):
    """A urlencoded form, JSON, and multipart without a boundary or with another one are 4xx."""
    multipart = {"Content-Type": "multipart/form-data"}
    bounded = {"Content-Type": "multipart/form-data; boundary=tea"}
    assert 400 <= client.post("/files", form={"file": "a.txt"}).status < 500
    assert 400 <= client.post("/files", json={"file": "a.txt"}).status < 500
    assert 400 <= client.post("/files", headers=multipart, body=b"tea").status < 500
    assert 400 <= client.post("/files", headers=bounded, body=b"coffee").status < 500


def test_a_form_that_is_cut_off_is_refused(client):
    """Multipart that ends in the middle of the file, before the last boundary, is 4xx."""
    headers = {"Content-Type": "multipart/form-data; boundary=tea"}
    head = b'--tea\r\nContent-Disposition: form-data; name="file"; filename="a.txt"'
    response = client.post("/files", headers=headers, body=head + b"\r\n\r\nsugar and")
    assert 400 <= response.status < 500


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
    assert response.status == 201 or 400 <= response.status < 500
    if response.status == 201:
        assert ADDRESS.fullmatch(place(response))
    assert 400 <= send(client, "a.txt\0.php", b"tea").status < 500


def test_a_file_over_the_limit_is_413(client):
    """Attack: 2,000,000 bytes are refused with 413, where 1,000,000 are taken."""
    assert send(client, "large.txt", b"." * 2_000_000).status == 413
    response = send(client, "large.txt", b"." * 1_000_000)
    assert response.status == 201
    assert response.json()["size"] == 1_000_000


def test_the_type_is_not_believed(client):
    """Attack: HTML with a script, sent as `a.txt` of type `text/html`, comes back as plain text."""
    page = b"<script>alert(1)</script>"
    text = place(send(client, "a.txt", page, "text/html"))
    assert client.get(text).media_type == "text/plain"
    image = place(send(client, "a.png", page, "text/html"))
    assert client.get(image).media_type == "image/png"


def test_a_download_is_never_shown_as_a_page(client):
    """The answer has `Content-Disposition: attachment` and `X-Content-Type-Options: nosniff`."""
    response = client.get(place(send(client, "a.txt", b"tea")))
    assert response.headers["Content-Disposition"].lower().startswith("attachment")
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
