"""How an application reads query, path, headers and body, and how little of it may be believed."""

LIMIT = 1_000
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def test_a_repeated_parameter_is_a_list(client):
    """`?tag=a&tag=%C3%AB` is the list `["a", "ë"]`, and one `tag` is a list of one."""
    assert client.get("/search?tag=a&tag=%C3%AB").json()["tags"] == ["a", "ë"]
    assert client.get("/search?tag=a").json()["tags"] == ["a"]


def test_an_absent_parameter_is_an_empty_list(client):
    """Without a `tag` the list is there, and empty: `[]`."""
    response = client.get("/search")
    assert response.status == 200
    assert response.media_type == "application/json"
    assert response.json()["tags"] == []


def test_a_comma_is_part_of_the_value(client):
    """`?tag=a,b` is one value, not two."""
    assert client.get("/search?tag=a,b").json()["tags"] == ["a,b"]


def test_a_plus_in_a_query_is_a_space(client):
    """In a query `a+b` and `a%20b` are both `a b`; `a%2Bb` is `a+b`."""
    tags = client.get("/search?tag=a+b&tag=a%20b&tag=a%2Bb").json()["tags"]
    assert tags == ["a b", "a b", "a+b"]


def test_a_plus_in_a_path_is_a_plus(client):
    """`/names/Zo%C3%AB+Ada%20B` is the name `Zoë+Ada B`: a path has no short form for a space."""
    assert client.get("/names/Zo%C3%AB+Ada%20B").json() == {"name": "Zoë+Ada B"}


def test_a_number_arrives_as_a_number(client):
    """`?page=7` is the number 7, `?page=1` is 1; without it the page is 1."""
    for page in [7, 1]:
        assert client.get("/search", query={"page": page}).json()["page"] == page
    assert client.get("/search").json()["page"] == 1


def test_a_bad_number_is_400(client):
    """`?page=seven`, an empty one, `1.5`, `0` and `-1` are 400: no 500, no silent default."""
    for page in ["seven", "", "1.5", "0", "-1"]:
        assert client.get("/search", query={"page": page}).status == 400


def test_a_header_is_found_in_any_case(client):
    """`accept-language: nl` and `ACCEPT-LANGUAGE: nl` are read alike; without it, it is `en`."""
    for name in ["accept-language", "ACCEPT-LANGUAGE"]:
        assert client.get("/visitor", headers={name: "nl"}).json()["language"] == "nl"
    assert client.get("/visitor").json()["language"] == "en"


def test_the_address_is_not_what_a_header_claims(client):
    """A client that sends `X-Forwarded-For` or `Forwarded` keeps the address it really has."""
    own = client.get("/visitor").json()["address"]
    forged = {"X-Forwarded-For": "203.0.113.9", "Forwarded": "for=203.0.113.9"}
    assert client.get("/visitor", headers=forged).json()["address"] == own


def test_a_form_field_arrives_as_text(client):
    """A form sends `Zoë` as `Zo%C3%AB`, and a space as `+`: the field is `Zoë B`."""
    response = client.post("/form", headers=FORM, body="name=Zo%C3%AB+B")
    assert response.status == 200
    assert response.json() == {"name": "Zoë B"}


def test_a_query_is_no_form(client):
    """`POST /form?name=query` has no field `name` unless its body has one."""
    assert client.post("/form?name=query", headers=FORM, body="other=1").json() == {"name": ""}
    assert client.post("/form?name=query", form={"name": "body"}).json() == {"name": "body"}


def test_a_method_reads_from_its_own_place(client):
    """`GET /form?name=query` and `POST /search` are 404 or 405: no handler looks elsewhere."""
    for target in ["/form?name=query", "/raw"]:
        assert client.get(target).status in (404, 405)
    for target in ["/search", "/names/Ada", "/visitor"]:
        assert client.post(target, form={"tag": "a"}).status in (404, 405)


def test_a_raw_body_arrives_byte_for_byte(client):
    """Bytes that are no text arrive as they were sent, all of them."""
    body = b"\x00\xff\r\n\r\n%41+"
    response = client.post("/raw", headers={"Content-Type": "image/x-tea"}, body=body)
    assert response.json() == {"length": len(body), "hex": body.hex()}


def test_bytes_that_are_no_text_are_never_a_500(client):
    """`%FF` in path, query and form, and a bare byte FF in a form, are no 500."""
    assert client.get("/names/%FF").status in (200, 400, 404)
    assert client.get("/search?tag=%FF").status in (200, 400)
    assert client.post("/form", headers=FORM, body="name=%FF").status in (200, 400)
    assert client.post("/form", headers=FORM, body=b"name=\xff").status in (200, 400)


def test_a_body_over_the_limit_is_413(client):
    """1,000 bytes are read, 1,001 are 413, as a form and as a raw body."""
    fits = "name=" + "x" * (LIMIT - 5)
    assert client.post("/form", headers=FORM, body=fits).json() == {"name": "x" * (LIMIT - 5)}
    assert client.post("/form", headers=FORM, body=fits + "x").status == 413
    assert client.post("/raw", body=b"x" * LIMIT).json()["length"] == LIMIT
    assert client.post("/raw", body=b"x" * (LIMIT + 1)).status == 413
