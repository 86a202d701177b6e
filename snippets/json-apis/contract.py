"""How an application takes JSON, refuses what does not fit, and says in JSON what was wrong."""

import json
from urllib.parse import urlsplit

JSON = {"Content-Type": "application/json"}
LIMIT = 100_000
ORDER = {"tea": "Assam", "qty": 1}


def test_a_good_order_is_created(client):
    """A good order is 201. The answer is the order as JSON, with an `id`."""
    response = client.post("/orders", json={"tea": "Assam", "qty": 2})
    assert response.status == 201
    assert response.media_type == "application/json"
    order = response.json()
    assert isinstance(order.pop("id"), int)
    assert order == {"tea": "Assam", "qty": 2}


def test_a_created_order_is_found_at_its_location(client):
    """`Location` is `/orders/` and the `id`. It leads to the order, and two orders have two."""
    first = client.post("/orders", json={"tea": "Assam", "qty": 1})
    second = client.post("/orders", json={"tea": "Oolong", "qty": 2})
    for created in [first, second]:
        path = urlsplit(created.headers["Location"]).path
        assert path == f"/orders/{created.json()['id']}"
        assert client.get(path).status == 200
        assert client.get(path).json() == created.json()
    assert first.headers["Location"] != second.headers["Location"]


def test_an_order_that_nobody_made_is_404(client):
    """`/orders/999999` is 404, in the handler's own words: `There is no order 999999.`"""
    response = client.get("/orders/999999")
    assert response.status == 404
    assert "There is no order 999999." in words(response.json())


def test_text_comes_back_as_it_was_sent(client):
    """`Zoë`, Chinese and an emoji come back as they were sent, in UTF-8 or with `\\u` escapes."""
    for body in [
        json.dumps({"tea": "Zoë 茶 🍵", "qty": 1}),
        json.dumps({"tea": "Zoë 茶 🍵", "qty": 1}, ensure_ascii=False),
    ]:
        response = client.post("/orders", headers=JSON, body=body)
        assert response.json()["tea"] == "Zoë 茶 🍵"


def test_the_type_may_have_a_charset(client):
    """`application/json; charset=utf-8` is JSON as well: 201."""
    headers = {"Content-Type": "application/json; charset=utf-8"}
    body = b'{"tea": "Assam", "qty": 1}'
    assert client.post("/orders", headers=headers, body=body).status == 201


def test_the_type_is_read_in_any_case(client):
    """`Application/JSON` is the same type: 201."""
    headers = {"Content-Type": "Application/JSON"}
    body = b'{"tea": "Assam", "qty": 1}'
    assert client.post("/orders", headers=headers, body=body).status == 201


def test_another_type_is_415(client):
    """A good order as text, as a form or with no type is 415. With none, the answer names one."""
    body = b'{"tea": "Assam", "qty": 1}'
    for media_type in ["text/plain", "application/x-www-form-urlencoded"]:
        assert client.post("/orders", headers={"Content-Type": media_type}, body=body).status == 415
    response = client.post("/orders", body=body)
    assert response.status == 415
    assert "application/json" in response.text


def test_what_is_no_json_is_400(client):
    """Half an object, single quotes and bytes that are no UTF-8 are 400."""
    for body in [b'{"tea": "Assam", ', b"{'tea': 'Assam'}", b'{"tea": "\xff", "qty": 1}']:
        assert client.post("/orders", headers=JSON, body=body).status == 400


def test_what_is_no_object_is_refused(client):
    """An array, a number, a text, `true`, `null` and nothing at all are 400 or 422."""
    for value in [[], [["tea", "Assam"], ["qty", 1]], 7, "Assam", True, None]:
        response = client.post("/orders", json=value)
        assert response.status in (400, 422)
        assert says_why(response)
    assert client.post("/orders", headers=JSON, body=b"").status in (400, 422)


def test_a_wrong_type_is_422_and_named(client):
    """`"qty": "x"` and `"tea": 5` are 422, with the field's name in a place of its own."""
    for order, wrong, right in [
        ({"tea": "Assam", "qty": "x"}, "qty", "tea"),
        ({"tea": 5, "qty": 1}, "tea", "qty"),
    ]:
        response = client.post("/orders", json=order)
        assert response.status == 422
        assert wrong in words(response.json())
        assert right not in response.text


def test_nothing_is_converted(client):
    """`"2"`, `true`, `2.5` and `null` are no number: 422."""
    for qty in ["2", True, 2.5, None]:
        assert client.post("/orders", json={"tea": "Assam", "qty": qty}).status == 422


def test_a_value_out_of_range_is_422(client):
    """A `qty` under 1 or over 100 is 422. 1 and 100 are taken."""
    for qty in [0, -1, 101, 10**30]:
        assert client.post("/orders", json={"tea": "Assam", "qty": qty}).status == 422
    for qty in [1, 100]:
        assert client.post("/orders", json={"tea": "Assam", "qty": qty}).status == 201


def test_the_length_of_a_text_is_counted_in_characters(client):
    """A tea of 1 or 50 characters is taken, Chinese ones too. One of 0 or 51 is 422."""
    for tea in ["A", "茶" * 50]:
        assert client.post("/orders", json={"tea": tea, "qty": 1}).status == 201
    for tea in ["", "A" * 51]:
        assert client.post("/orders", json={"tea": tea, "qty": 1}).status == 422


def test_the_answer_says_what_is_allowed(client):
    """A `qty` of 500 is told that 100 is the most, and a tea of 51 characters that 50 is."""
    assert "100" in client.post("/orders", json={"tea": "Assam", "qty": 500}).text
    assert "50" in client.post("/orders", json={"tea": "A" * 51, "qty": 1}).text


def test_a_missing_field_is_422_and_named(client):
    """An order without `qty` is 422, and the answer names `qty`."""
    response = client.post("/orders", json={"tea": "Assam"})
    assert response.status == 422
    assert "qty" in response.text


def test_an_unknown_field_is_422_and_named(client):
    """A field that nobody defined, such as `paid`, is 422 and named, not ignored."""
    response = client.post("/orders", json={"tea": "Assam", "qty": 1, "paid": True})
    assert response.status == 422
    assert "paid" in response.text


def test_an_error_is_json_as_well(client):
    """Each of 400, 404, 413, 415 and 422 is JSON: why is in `detail`, `errors` or `title`."""
    for response in [
        client.post("/orders", headers=JSON, body=b"{"),
        client.get("/orders/999999"),
        client.post("/orders", headers=JSON, body=b" " * (LIMIT + 1)),
        client.post("/orders", headers={"Content-Type": "text/plain"}, body=b"{}"),
        client.post("/orders", json={}),
    ]:
        assert says_why(response)


def test_another_method_does_nothing(client):
    """`PUT /orders`, `GET /orders` and `DELETE` of an order are 405, and the order stays."""
    path = urlsplit(client.post("/orders", json=ORDER).headers["Location"]).path
    assert client.put("/orders", json=ORDER).status == 405
    assert client.get("/orders").status == 405
    assert client.delete(path).status == 405
    assert client.post(path, json=ORDER).status == 405
    assert client.get(path).status == 200


def test_a_refused_method_is_told_in_json(client):
    """The answer to `PUT /orders` is JSON as well, and says why."""
    assert says_why(client.put("/orders", json=ORDER))


def test_a_hostile_body_is_no_500(client):
    """`NaN`, 5,000 digits, 20,000 brackets in each other, half a character: 400 or 422."""
    deep = "[" * 20_000 + "]" * 20_000
    for body in [
        '{"tea": "Assam", "qty": NaN}',
        '{"tea": "Assam", "qty": 1e999}',
        '{"tea": "Assam", "qty": ' + "9" * 5_000 + "}",
        '{"tea": "\\ud800", "qty": "x"}',
        '{"tea": "Assam", "\\ud800": 1, "qty": 1}',
        deep,
        '{"tea": ' + deep + ', "qty": 1}',
    ]:
        response = client.post("/orders", headers=JSON, body=body)
        assert response.status in (400, 422)
        assert says_why(response)


def test_half_a_character_is_no_500(client):
    """Half of a surrogate pair, `"\\ud800"`, is no text: it is refused or given back, no 500."""
    response = client.post("/orders", headers=JSON, body='{"tea": "\\ud800", "qty": 1}')
    assert response.status in (201, 400, 422)


def test_a_body_over_the_limit_is_413(client):
    """100,000 bytes are read, 100,001 are 413."""
    order = b'{"tea": "Assam", "qty": 1}'
    fits = order + b" " * (LIMIT - len(order))
    assert client.post("/orders", headers=JSON, body=fits).status == 201
    assert client.post("/orders", headers=JSON, body=fits + b" ").status == 413


def says_why(response):
    """Whether it is JSON that a program can read, with what was wrong where it would look."""
    if response.media_type not in ("application/json", "application/problem+json"):
        return False
    error = strictly(response.text)
    return any(error.get(name) for name in ["errors", "detail", "title"])


def strictly(text):
    """JSON as the standard has it: Python alone would take `NaN`."""
    return json.loads(text, parse_constant=lambda name: 1 / 0)


def words(value):
    """Every name and every text in a JSON value, each by itself."""
    if isinstance(value, dict):
        return {*value}.union(*map(words, value.values()))
    if isinstance(value, list):
        return set().union(*map(words, value))
    return {value}
