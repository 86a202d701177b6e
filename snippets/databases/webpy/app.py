import json
import sqlite3
from pathlib import Path

import web

web.config.debug = False  # before the application: it is on by default, and shows tracebacks

urls = (
    "/items", "Items",
    "/items/([0-9]{1,9})", "Item",
    "/transfers", "Transfers",
)  # fmt: skip

# --8<-- [start:table]
db = web.database(dbn="sqlite", db=str(Path(__file__).parent / "items.sqlite3"))
db.query("""
    CREATE TABLE IF NOT EXISTS item (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE,
        stock INTEGER NOT NULL CHECK (stock >= 0)
    )
""")
# --8<-- [end:table]


def as_json(value):
    web.header("Content-Type", "application/json")
    return json.dumps(value)


class Items:
    # --8<-- [start:query]
    def GET(self):
        given = web.input(search="", sort="name")
        if given.sort not in ("name", "stock"):  # `order` goes into the SQL as it is
            raise web.badrequest("Sort by name or stock.")
        # --8<-- [start:by-hand]
        escaped = given.search.lower()
        for special in "\\%_":
            escaped = escaped.replace(special, "\\" + special)
        # --8<-- [end:by-hand]
        rows = db.select(
            "item",
            where="lower(name) LIKE $pattern ESCAPE '\\'",
            order=given.sort,
            limit=20,
            vars={"pattern": f"%{escaped}%"},
        )
        return as_json({"items": list(rows)})

    # --8<-- [end:query]
    def POST(self):
        new = json.loads(web.data())
        try:
            new_id = db.insert("item", name=new["name"], stock=new["stock"])
        except sqlite3.IntegrityError:
            raise web.conflict("The name is taken.") from None
        web.ctx.status = "201 Created"
        return as_json({"id": new_id, "name": new["name"], "stock": new["stock"]})


class Item:
    def GET(self, item_id):
        row = db.where("item", id=int(item_id)).first()
        if row is None:
            raise web.notfound()
        return as_json(row)


# --8<-- [start:transaction]
class Transfers:
    def POST(self):
        order = json.loads(web.data())
        changes = ((order["to"], order["amount"]), (order["from"], -order["amount"]))
        try:
            with db.transaction():
                for item_id, change in changes:
                    sql = "UPDATE item SET stock = stock + $change WHERE id = $item_id"
                    if not db.query(sql, vars={"change": change, "item_id": item_id}):
                        raise web.notfound()
        except sqlite3.IntegrityError:
            raise web.conflict("There is too little stock.") from None
        raise web.nocontent()


# --8<-- [end:transaction]
app = web.application(urls, globals()).wsgifunc()

if __name__ == "__main__":
    web.httpserver.runsimple(app, ("127.0.0.1", 8000))
