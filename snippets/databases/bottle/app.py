import os
from pathlib import Path

from bottle import Bottle, HTTPError, request, response
from sqlalchemy import CheckConstraint, create_engine, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, sessionmaker


# --8<-- [start:table]
class Base(DeclarativeBase):
    pass


class Item(Base):
    __tablename__ = "item"
    __table_args__ = (CheckConstraint("stock >= 0"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    stock: Mapped[int]

    def as_dict(self):
        return {"id": self.id, "name": self.name, "stock": self.stock}


sqlite = f"sqlite:///{Path(__file__).parent / 'items.sqlite3'}"
engine = create_engine(os.environ.get("DATABASE_URL", sqlite))
Base.metadata.create_all(engine)  # the tables that are missing
Session = sessionmaker(engine)
# --8<-- [end:table]

SORTS = {"name": Item.name, "stock": Item.stock}

app = Bottle()


# --8<-- [start:by-hand]
@app.install
def one_transaction(handler):
    """A plugin: each request gets a session, which is committed unless the handler raises."""

    def handle(**segments):
        try:
            with Session.begin() as session:
                return handler(session, **segments)
        except IntegrityError:
            raise HTTPError(409, "The name is taken, or there is too little stock.") from None

    return handle


# --8<-- [end:by-hand]
# --8<-- [start:query]
@app.get("/items")
def items(session):
    column = SORTS.get(request.query.getunicode("sort", "name"))
    if column is None:
        raise HTTPError(400, "Sort by name or stock.")
    search = request.query.getunicode("search", "")
    found = select(Item).where(Item.name.icontains(search, autoescape=True))
    rows = session.scalars(found.order_by(column).limit(20))
    return {"items": [row.as_dict() for row in rows]}


@app.get("/items/<item_id:re:[0-9]{1,9}>")
def item(session, item_id):
    row = session.get(Item, int(item_id))
    if row is None:
        raise HTTPError(404)
    return row.as_dict()


# --8<-- [end:query]
# --8<-- [start:transaction]
@app.post("/items")
def create(session):
    row = Item(name=request.json["name"], stock=request.json["stock"])
    session.add(row)
    session.flush()  # sends the INSERT, so that the row has its id
    response.status = 201
    return row.as_dict()


@app.post("/transfers")
def transfer(session):
    order = request.json
    changes = ((order["to"], order["amount"]), (order["from"], -order["amount"]))
    for item_id, change in changes:
        row = update(Item).where(Item.id == item_id)
        if not session.execute(row.values(stock=Item.stock + change)).rowcount:
            raise HTTPError(404)
    response.status = 204


# --8<-- [end:transaction]
if __name__ == "__main__":
    app.run(host="127.0.0.1", port=8000)
