"""How an application serves files as they are: cached, typed, and none but those meant for it."""

import re

TEXT = "Tea with Zoë\n".encode()


def test_a_file_is_served_as_it_is(client):
    """`GET /static/a.txt` answers 200 with the bytes of the file, and their number."""
    response = client.get("/static/a.txt")
    assert response.status == 200
    assert response.body == TEXT
    assert response.headers["Content-Length"] == str(len(TEXT))


def test_the_media_type_follows_the_name(client):
    """`a.txt` is `text/plain`, `style.css` is `text/css`, `icons/cup.svg` is `image/svg+xml`."""
    assert client.get("/static/a.txt").media_type == "text/plain"
    assert client.get("/static/style.css").media_type == "text/css"
    assert client.get("/static/icons/cup.svg").media_type == "image/svg+xml"


def test_a_copy_that_is_current_is_not_sent_again(client):
    """The ETag or date of the first answer, sent back, is answered 304 with no body."""
    first = client.get("/static/a.txt")
    again = client.get("/static/a.txt", headers=condition(first))
    assert again.status == 304
    assert again.body == b""


def test_a_copy_that_is_old_is_replaced(client):
    """`If-None-Match` with another ETag, or a date long past, is answered 200 with the file."""
    for name, value in (
        ("If-None-Match", '"of-another-file"'),
        ("If-Modified-Since", "Sat, 01 Jan 2000 00:00:00 GMT"),
    ):
        response = client.get("/static/a.txt", headers={name: value})
        assert response.status == 200
        assert response.body == TEXT


def test_head_tells_the_size_and_sends_no_body(client):
    """`HEAD` answers as `GET` does, with type, length, ETag or date, and leaves the body out."""
    response = client.head("/static/a.txt")
    assert condition(response) == condition(client.get("/static/a.txt"))
    assert response.status == 200
    assert response.media_type == "text/plain"
    assert response.headers["Content-Length"] == str(len(TEXT))
    assert response.body == b""


def test_a_part_is_answered_with_that_part_or_with_the_whole(client):
    """`Range: bytes=0-2` gets 206 with these three bytes, or 200 with the whole file."""
    response = client.get("/static/a.txt", headers={"Range": "bytes=0-2"})
    assert response.status in (200, 206)
    if response.status == 206:
        assert response.headers["Content-Range"] == f"bytes 0-2/{len(TEXT)}"
        assert response.body == b"Tea"
    else:
        assert response.body == TEXT


def test_the_page_links_a_stylesheet_that_is_there(client):
    """`GET /` is a page with the title and heading `Tea`; its stylesheet is answered with CSS."""
    page = client.get("/")
    assert page.media_type == "text/html"
    assert (page.charset or "").lower() == "utf-8"
    assert "<title>Tea</title>" in page.text
    assert "<h1>Tea</h1>" in page.text
    address = re.search(r'<link rel="stylesheet" href="(/static/style\.[^"]+)">', page.text)
    assert address is not None
    sheet = client.get(address.group(1))
    assert sheet.status == 200
    assert sheet.media_type == "text/css"


def test_an_unknown_file_is_404(client):
    """`/static/missing.txt` is 404."""
    assert client.get("/static/missing.txt").status == 404


def test_a_folder_is_not_listed(client):
    """`/static/` and `/static/icons/` are refused, and name no file."""
    for folder in ("/static/", "/static/icons/", "/static/icons"):
        response = client.get(folder, follow=True)
        assert 400 <= response.status < 500
        assert "cup.svg" not in response.text
        assert "a.txt" not in response.text


def test_what_lies_beside_the_folder_is_not_served(client):
    """The source, `/app.py` or `/static/app.py`, is 404."""
    for path in ("/app.py", "/static/app.py", "/static/static/a.txt"):
        assert client.get(path).status == 404


def test_dots_do_not_lead_out_of_the_folder(client):
    """Attack: `../app.py` below `/static/`, plain or encoded in whole or in part, is refused."""
    for path in (
        "/static/../app.py",
        "/static/..%2fapp.py",
        "/static/%2e%2e/app.py",
        "/static/%2e%2e%2fapp.py",
        "/static/icons/../../app.py",
        "/static/..%5capp.py",
        "/static/....//app.py",
        "/static/%252e%252e/app.py",
    ):
        refused(client.get(path))


def test_an_absolute_path_is_not_followed(client):
    """Attack: `/static//etc/passwd`, also encoded or with backslashes, is refused."""
    for path in (
        "/static//etc/passwd",
        "/static/%2fetc%2fpasswd",
        "/static//proc/self/environ",
        "/static///etc/passwd",
        "/static/file:///etc/passwd",
        "/static/%5c%5cetc%5cpasswd",
        "/static/C:%5cWindows%5cwin.ini",
    ):
        refused(client.get(path, follow=True))


def test_a_null_byte_ends_no_name(client):
    """Attack: `/static/a.txt%00.css` is no file: 404 or 400, not `a.txt`, no server error."""
    for path in ("/static/a.txt%00.css", "/static/%00"):
        response = client.get(path)
        refused(response)
        assert response.status in (400, 404)


def condition(response) -> dict[str, str]:
    """The headers with which a browser asks again for what it has."""
    pairs = {"If-None-Match": "ETag", "If-Modified-Since": "Last-Modified"}
    headers = {
        asked: response.headers[sent] for asked, sent in pairs.items() if sent in response.headers
    }
    assert headers
    return headers


def refused(response) -> None:
    assert 400 <= response.status < 500
    assert "import" not in response.text
    assert "root:" not in response.text
    assert "Tea" not in response.text
