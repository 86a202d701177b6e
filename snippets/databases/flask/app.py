import os
from pathlib import Path

from flask import Flask, abort, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import CheckConstraint, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


# --8<-- [start:table]
app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ.get(
    "DATABASE_URL", f"sqlite:///{Path(__file__).parent / 'items.sqlite3'}"
)
db = SQLAlchemy(app, model_class=Base)


class Item(db.Model):
    __table_args__ = (CheckConstraint("stock >= 0"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    stock: Mapped[int]

    def as_dict(self):
        return {"id": self.id, "name": self.name, "stock": self.stock}


with app.app_context():
    db.create_all()  # the tables that are missing
# --8<-- [end:table]

SORTS = {"name": Item.name, "stock": Item.stock}


# --8<-- [start:query]
@app.get("/items")
def items():
    column = SORTS.get(request.args.get("sort", "name"))
    if column is None:
        abort(400, "Sort by name or stock.")
    search = request.args.get("search", "")
    found = select(Item).where(Item.name.icontains(search, autoescape=True))
    rows = db.session.scalars(found.order_by(column).limit(20))
    return {"items": [row.as_dict() for row in rows]}


@app.get("/items/<int(max=2147483647):item_id>")
def item(item_id):
    return db.get_or_404(Item, item_id).as_dict()


# --8<-- [end:query]
# --8<-- [start:transaction]
@app.post("/items")
def create():
    new = request.get_json()
    row = Item(name=new["name"], stock=new["stock"])
    db.session.add(row)
    db.session.commit()
    return row.as_dict(), 201


@app.post("/transfers")
def transfer():
    order = request.get_json()
    changes = ((order["to"], order["amount"]), (order["from"], -order["amount"]))
    for item_id, change in changes:
        row = update(Item).where(Item.id == item_id)
        if not db.session.execute(row.values(stock=Item.stock + change)).rowcount:
            abort(404)
    db.session.commit()
    return "", 204


# Whatever was not committed is rolled back when the request ends.
@app.errorhandler(IntegrityError)
def conflict(error):
    return {"error": "The name is taken, or there is too little stock."}, 409


# --8<-- [end:transaction]
if __name__ == "__main__":
    app.run(port=8000)
