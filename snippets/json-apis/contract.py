"""How an application takes and gives JSON, and how it refuses what is none or not what it asked."""

import json
from urllib.parse import urlsplit

ORDER = {"tea": "Assam", "qty": 2}
LIMIT = 16 * 1024


def test_a_valid_order_is_created(client):
    """`POST /orders` with a tea and a quantity is 201: the order as JSON, with its number."""
    response = client.post("/orders", json=ORDER)
    assert response.status == 201
    assert response.media_type == "application/json"
    order = response.json()
    assert type(order.pop("id")) is int
    assert order == {"tea": "Assam", "qty": 2, "note": ""}


def test_location_leads_to_what_was_created(client):
    """`Location` in a 201 is the address of the order: a GET there answers with the same JSON."""
    created = client.post("/orders", json={**ORDER, "note": "no sugar"})
    assert created.status == 201
    assert created.json()["note"] == "no sugar"
    found = client.get(urlsplit(created.headers.get("Location", "")).path)
    assert found.status == 200
    assert found.media_type == "application/json"
    assert found.json() == created.json()


def test_an_unknown_order_is_404_in_json(client):
    """`/orders/999999` is 404, and its body is JSON too."""
    response = client.get("/orders/999999")
    assert response.status == 404
    assert says_why(response)


def test_text_comes_back_as_it_was(client):
    """Text beyond ASCII, sent as UTF-8 or escaped, comes back the same: `Café 茶 🍵`."""
    for body in (
        json.dumps({**ORDER, "tea": "Café 茶 🍵"}, ensure_ascii=ascii) for ascii in (0, 1)
    ):
        response = client.post("/orders", headers=JSON, body=body.encode())
        assert response.status == 201
        assert response.json()["tea"] == "Café 茶 🍵"


def test_a_parameter_of_the_media_type_changes_nothing(client):
    """`Content-Type: application/json; charset=utf-8` is JSON as well."""
    fields = {"Content-Type": "application/json; charset=utf-8"}
    response = client.post("/orders", headers=fields, body=json.dumps(ORDER))
    assert response.status == 201


def test_a_broken_document_is_400(client):
    """What is no JSON is 400: a document cut short, a form, bytes that are not UTF-8."""
    for body in (b'{"tea": "Assam", "qty"', b"tea=Assam&qty=2", b'{"tea": "\xff", "qty": 2}'):
        response = client.post("/orders", headers=JSON, body=body)
        assert response.status == 400
        assert says_why(response)


def test_another_media_type_is_415(client):
    """JSON sent as `text/plain`, as a form or without a type is 415: a page of another site may
    send the first two without asking."""
    document = json.dumps(ORDER)
    for name in ("text/plain", "application/x-www-form-urlencoded"):
        response = client.post("/orders", headers={"Content-Type": name}, body=document)
        assert response.status == 415
        assert says_why(response)
    assert client.post("/orders", body=document.encode()).status == 415


def test_a_wrong_type_is_422_and_named(client):
    """`{"qty": "x"}` is 422, and the answer names `qty` and not `tea`."""
    response = client.post("/orders", json={**ORDER, "qty": "x"})
    assert response.status == 422
    assert says_why(response)
    assert "qty" in response.text
    assert "tea" not in response.text


def test_nothing_is_converted(client):
    """Types are JSON's: `"2"`, `true`, `2.5` and `null` are no quantity, and 5 is no tea."""
    for qty in ("2", True, 2.5, None, [2]):
        assert client.post("/orders", json={**ORDER, "qty": qty}).status == 422
    assert client.post("/orders", json={**ORDER, "tea": 5}).status == 422
    assert client.post("/orders", json={**ORDER, "note": None}).status == 422


def test_every_wrong_field_is_named_at_once(client):
    """A missing tea and a quantity of 0 are one answer, 422, that names both."""
    response = client.post("/orders", json={"qty": 0})
    assert response.status == 422
    assert "tea" in response.text
    assert "qty" in response.text


def test_values_have_limits(client):
    """Quantities from 1 to 100, teas of 1 to 40 characters, notes of up to 200: others are 422."""
    for field, value in (
        *(("qty", number) for number in (-1, 0, 101, 10**30)),
        *(("tea", text) for text in ("", "a" * 41)),
        ("note", "a" * 201),
    ):
        assert client.post("/orders", json={**ORDER, field: value}).status == 422
    for field, value in (("qty", 1), ("qty", 100), ("tea", "a" * 40), ("note", "a" * 200)):
        assert client.post("/orders", json={**ORDER, field: value}).status == 201


def test_a_field_that_nobody_asked_for_is_refused(client):
    """The attack `{"paid": true}`: an unknown field is 422 and named, never taken over."""
    response = client.post("/orders", json={**ORDER, "paid": True})
    assert response.status == 422
    assert says_why(response)
    assert "paid" in response.text


def test_a_document_that_is_no_object_is_refused(client):
    """`[]`, `null`, `5`, `"tea"` and an empty body are no order: 400 or 422."""
    for body in ("[]", "null", "5", '"tea"', json.dumps([ORDER]), ""):
        response = client.post("/orders", headers=JSON, body=body)
        assert response.status in (400, 422)
        assert says_why(response)


def test_a_deep_document_breaks_nothing(client):
    """The attack of 16,000 brackets that open: refused, 400 or 422, and no server error."""
    for body in ("[" * 16_000, "[" * 8_000 + "]" * 8_000):
        response = client.post("/orders", headers=JSON, body=body)
        assert response.status in (400, 422)
        assert says_why(response)


def test_a_number_beyond_reason_breaks_nothing(client):
    """The attacks of 5,000 digits, `1e999` and `NaN` as a quantity: refused, 400 or 422."""
    for number in ("9" * 5000, "1e999", "-1e999", "NaN"):
        body = f'{{"tea": "Assam", "qty": {number}}}'
        assert client.post("/orders", headers=JSON, body=body).status in (400, 422)


def test_half_a_character_breaks_nothing(client):
    r"""The attack `\ud800`, an escape that stands for half a character: refused, 400 or 422."""
    body = r'{"tea": "\ud800", "qty": 2}'
    assert client.post("/orders", headers=JSON, body=body).status in (400, 422)


def test_a_body_over_the_limit_is_413(client):
    """The attack of a long body: more than 16 KiB are 413, whatever they hold."""
    response = client.post("/orders", json={**ORDER, "note": "a" * LIMIT})
    assert response.status == 413
    assert says_why(response)


JSON = {"Content-Type": "application/json"}


def says_why(response):
    """Whether the body is a JSON object, of the type of JSON or of problem details."""
    known = response.media_type in ("application/json", "application/problem+json")
    return known and isinstance(response.json(), dict)
