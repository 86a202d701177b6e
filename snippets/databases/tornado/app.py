import asyncio
import os
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import CheckConstraint, create_engine, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from tornado.escape import json_decode
from tornado.web import Application, HTTPError, RequestHandler


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


sqlite = f"sqlite+aiosqlite:///{Path(__file__).parent / 'items.sqlite3'}"
engine = create_async_engine(os.environ.get("DATABASE_URL", sqlite))
Session = async_sessionmaker(engine)

# The tables that are missing. No event loop runs yet, so an engine that blocks is at its place.
blocking = create_engine(engine.url.set(drivername=engine.url.get_backend_name()))
Base.metadata.create_all(blocking)
blocking.dispose()
# --8<-- [end:table]

SORTS = {"name": Item.name, "stock": Item.stock}


# --8<-- [start:by-hand]
@asynccontextmanager
async def transaction():
    try:
        async with Session.begin() as session:
            yield session
    except IntegrityError:
        reason = "The name is taken, or there is too little stock"
        raise HTTPError(409, reason=reason) from None


# --8<-- [end:by-hand]
class Items(RequestHandler):
    # --8<-- [start:query]
    async def get(self):
        column = SORTS.get(self.get_query_argument("sort", "name"))
        if column is None:
            raise HTTPError(400, reason="Sort by name or stock")
        search = self.get_query_argument("search", "", strip=False)
        found = select(Item).where(Item.name.icontains(search, autoescape=True))
        async with Session() as session:
            rows = await session.scalars(found.order_by(column).limit(20))
        self.write({"items": [row.as_dict() for row in rows]})

    # --8<-- [end:query]
    async def post(self):
        new = json_decode(self.request.body)
        row = Item(name=new["name"], stock=new["stock"])
        async with transaction() as session:
            session.add(row)
            await session.flush()  # sends the INSERT, so that the row has its id
            self.write(row.as_dict())
        self.set_status(201)


class OneItem(RequestHandler):
    async def get(self, item_id):
        async with Session() as session:
            row = await session.get(Item, int(item_id))
        if row is None:
            raise HTTPError(404)
        self.write(row.as_dict())


# --8<-- [start:transaction]
class Transfers(RequestHandler):
    async def post(self):
        order = json_decode(self.request.body)
        changes = ((order["to"], order["amount"]), (order["from"], -order["amount"]))
        async with transaction() as session:
            for item_id, change in changes:
                row = update(Item).where(Item.id == item_id)
                changed = await session.execute(row.values(stock=Item.stock + change))
                if not changed.rowcount:
                    raise HTTPError(404)
        self.set_status(204)


# --8<-- [end:transaction]
app = Application(
    [
        ("/items", Items),
        ("/items/([0-9]{1,9})", OneItem),
        ("/transfers", Transfers),
    ]
)


async def main():
    app.listen(8000, "127.0.0.1")
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
