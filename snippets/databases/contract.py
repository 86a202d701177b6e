"""How an application keeps rows in a database, and keeps a visitor's text out of its SQL."""

INJECTIONS = [
    "' OR 1=1--",
    "'; DROP TABLE item;--",
    "') UNION SELECT 1, 2, 3--",
    '" OR ""="',
]


def test_a_created_item_is_found_by_its_id(client):
    """`POST /items` answers 201 with the new row, and `GET /items/<id>` finds it."""
    created = client.post("/items", json={"name": "Oolong", "stock": 3})
    assert created.status == 201
    assert created.media_type == "application/json"
    item = created.json()
    assert item == {"id": item["id"], "name": "Oolong", "stock": 3}
    found = client.get(f"/items/{item['id']}")
    assert found.status == 200
    assert found.json() == item


def test_a_wrong_method_is_refused(client):
    """`POST /items/<id>`, `PUT /items` and `GET /transfers` are 404 or 405, and change nothing."""
    item = add(client, "Bancha", 4)
    assert client.post(f"/items/{item['id']}", json={"name": "Hojicha"}).status in (404, 405)
    assert client.put("/items", json={"name": "Hojicha", "stock": 4}).status in (404, 405)
    assert client.get("/transfers").status in (404, 405)
    assert client.get(f"/items/{item['id']}").json() == item
    assert items(client, "Hojicha") == []


def test_an_unknown_id_is_404(client):
    """`GET /items/999999999` finds no row: 404."""
    assert client.get("/items/999999999").status == 404


def test_an_id_that_no_column_holds_is_404(client):
    """An id of twenty digits is an unknown id as well, and no error of the database: 404."""
    assert client.get("/items/99999999999999999999").status == 404


def test_the_list_comes_in_order(client):
    """The list is ordered by name, with `sort=stock` by stock, whatever came first."""
    for name, stock in (("Sencha two", 8), ("Sencha three", 9), ("Sencha one", 7)):
        add(client, name, stock)
    by_name = client.get("/items", query={"search": "Sencha "})
    assert by_name.status == 200
    assert names(by_name) == ["Sencha one", "Sencha three", "Sencha two"]
    by_stock = client.get("/items", query={"search": "Sencha ", "sort": "stock"})
    assert names(by_stock) == ["Sencha one", "Sencha two", "Sencha three"]


def test_the_list_needs_no_search(client):
    """`GET /items` alone lists all items, by name."""
    add(client, "Acacia blend")
    every = client.get("/items")
    assert every.status == 200
    assert every.media_type == "application/json"
    assert "Acacia blend" in names(every)
    assert names(every) == names(client.get("/items", query={"search": "", "sort": "name"}))


def test_the_list_has_an_end(client):
    """Of 21 rows that match, the list holds the first 20."""
    for number in range(21):
        add(client, f"Assam {number:02}")
    found = names(client.get("/items", query={"search": "Assam "}))
    assert found == [f"Assam {number:02}" for number in range(20)]


def test_text_of_every_script_comes_back(client):
    """`Grüner Tee 緑茶 🍵` is stored, found and returned unchanged."""
    item = add(client, "Grüner Tee 緑茶 🍵")
    assert item["name"] == "Grüner Tee 緑茶 🍵"
    assert names(client.get("/items", query={"search": "緑茶 🍵"})) == ["Grüner Tee 緑茶 🍵"]


def test_a_long_name_is_stored_whole(client):
    """A name of 300 characters comes back whole, on every database."""
    item = add(client, f"Gunpowder {'g' * 290}")
    assert item["name"] == f"Gunpowder {'g' * 290}"
    assert client.get(f"/items/{item['id']}").json() == item


def test_the_search_ignores_case(client):
    """`search=darjeeling` finds `Darjeeling`, on every database."""
    add(client, "Darjeeling")
    assert names(client.get("/items", query={"search": "darjeeling"})) == ["Darjeeling"]


def test_wildcards_of_the_search_are_characters(client):
    """`%`, `_` and `\\` in the search are characters like any other; so is a blank at its end."""
    for name in ("Mint 50%", "Mint 50 g", "Mint_50 g", "Mint\\50 g"):
        add(client, name)
    assert names(client.get("/items", query={"search": "mint 50%"})) == ["Mint 50%"]
    assert names(client.get("/items", query={"search": "mint_50"})) == ["Mint_50 g"]
    assert names(client.get("/items", query={"search": "mint\\50"})) == ["Mint\\50 g"]
    with_blank = names(client.get("/items", query={"search": "mint "}))
    assert sorted(with_blank) == ["Mint 50 g", "Mint 50%"]


def test_sql_in_a_value_is_stored_as_text(client):
    """Attack: names such as `'; DROP TABLE item;--` are stored as they are, and do nothing."""
    for number, sql in enumerate(INJECTIONS):
        item = add(client, f"Rooibos {number}{sql}")
        assert client.get(f"/items/{item['id']}").json()["name"] == f"Rooibos {number}{sql}"
    assert len(names(client.get("/items", query={"search": "Rooibos "}))) == len(INJECTIONS)


def test_sql_in_the_search_finds_nothing(client):
    """Attack: a search for `' OR 1=1--` finds no row, and the table is still there afterwards."""
    add(client, "Chai")
    for sql in INJECTIONS:
        found = client.get("/items", query={"search": f"Chai{sql}"})
        assert found.status == 200
        assert names(found) == []
    assert names(client.get("/items", query={"search": "Chai"})) == ["Chai"]


def test_only_known_columns_sort(client):
    """Attack: `sort` is `name` or `stock`, and the answer says so. All else, SQL too, is 400."""
    for sort in (
        "id",
        "name DESC",
        "1",
        "(CASE WHEN 1=1 THEN name ELSE stock END)",
        "name; DROP TABLE item;--",
        "__class__",
    ):
        response = client.get("/items", query={"sort": sort})
        assert response.status == 400
        assert "Sort by name or stock" in reason(response)
    assert client.get("/items", query={"sort": "name"}).status == 200


def test_an_error_shows_nothing_of_the_database(client):
    """Attack: a stock of twenty digits fits no column. The error shows no SQL and no traceback."""
    response = client.post("/items", json={"name": "Gyokuro", "stock": 10**20})
    assert response.status >= 400
    for inside in ("insert into", "sqlite", "psycopg", "traceback"):
        assert inside not in response.text.lower()
    assert items(client, "Gyokuro") == []
    add(client, "Gyokuro")


def test_a_second_one_of_a_name_is_409(client):
    """A name that is taken is 409 and the answer says so; the next request finds all in order."""
    add(client, "Matcha", 1)
    response = client.post("/items", json={"name": "Matcha", "stock": 2})
    assert response.status == 409
    assert "The name is taken" in reason(response)
    assert [item["stock"] for item in items(client, "Matcha")] == [1]
    add(client, "Genmaicha")


def test_a_transfer_moves_stock(client):
    """`POST /transfers` takes from one row and adds to another, as one: 204, without a body."""
    source, target = add(client, "Puerh cake", 5), add(client, "Puerh loose", 1)
    response = transfer(client, source["id"], target["id"], 3)
    assert response.status == 204
    assert response.body == b""
    assert [item["stock"] for item in items(client, "Puerh ")] == [2, 4]


def test_a_transfer_that_fails_changes_nothing(client):
    """A transfer that takes more than there is: 409 that says so, and both rows as before."""
    source, target = add(client, "Keemun tin", 2), add(client, "Keemun bag", 1)
    response = transfer(client, source["id"], target["id"], 3)
    assert response.status == 409
    assert "too little stock" in reason(response)
    assert [item["stock"] for item in items(client, "Keemun ")] == [1, 2]
    assert transfer(client, source["id"], target["id"], 2).status == 204


def test_a_transfer_from_nowhere_changes_nothing(client):
    """A transfer from an unknown item, or to one, is 404 and makes or loses no stock."""
    known = add(client, "Yunnan", 5)["id"]
    assert transfer(client, 999999999, known, 1).status == 404
    assert transfer(client, known, 999999999, 1).status == 404
    assert client.get(f"/items/{known}").json()["stock"] == 5


def add(client, name, stock=0):
    response = client.post("/items", json={"name": name, "stock": stock})
    assert response.status == 201
    return response.json()


def items(client, search):
    return client.get("/items", query={"search": search}).json()["items"]


def names(response):
    return [item["name"] for item in response.json()["items"]]


def transfer(client, source, target, amount):
    return client.post("/transfers", json={"from": source, "to": target, "amount": amount})


def reason(response):
    """What an error says: in JSON under `error` or `title`, else in its page."""
    if response.media_type != "application/json":
        return response.text
    body = response.json()
    return body["error"] if "error" in body else body["title"]
