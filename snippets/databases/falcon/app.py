import os
from pathlib import Path

import falcon
import falcon.asgi
import uvicorn
from sqlalchemy import CheckConstraint, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


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


class Database:
    async def process_startup(self, scope, event):
        async with engine.begin() as connection:
            await connection.run_sync(Base.metadata.create_all)  # the tables that are missing

    async def process_shutdown(self, scope, event):
        await engine.dispose()


# --8<-- [end:table]
SORTS = {"name": Item.name, "stock": Item.stock}


class Items:
    # --8<-- [start:query]
    async def on_get(self, req, resp):
        column = SORTS.get(req.get_param("sort", default="name"))
        if column is None:
            raise falcon.HTTPBadRequest(title="Sort by name or stock.")
        search = req.get_param("search", default="")
        found = select(Item).where(Item.name.icontains(search, autoescape=True))
        async with Session() as session:
            rows = await session.scalars(found.order_by(column).limit(20))
        resp.media = {"items": [row.as_dict() for row in rows]}

    # --8<-- [end:query]
    async def on_post(self, req, resp):
        new = await req.get_media()
        row = Item(name=new["name"], stock=new["stock"])
        async with Session() as session, session.begin():
            session.add(row)
            await session.flush()  # sends the INSERT, so that the row has its id
            resp.media = row.as_dict()
        resp.status = falcon.HTTP_201


class OneItem:
    async def on_get(self, req, resp, item_id):
        async with Session() as session:
            row = await session.get(Item, item_id)
        if row is None:
            raise falcon.HTTPNotFound
        resp.media = row.as_dict()


# --8<-- [start:transaction]
class Transfers:
    async def on_post(self, req, resp):
        order = await req.get_media()
        changes = ((order["to"], order["amount"]), (order["from"], -order["amount"]))
        async with Session.begin() as session:
            for item_id, change in changes:
                row = update(Item).where(Item.id == item_id)
                changed = await session.execute(row.values(stock=Item.stock + change))
                if not changed.rowcount:
                    raise falcon.HTTPNotFound
        resp.status = falcon.HTTP_204


async def conflict(req, resp, error, params):
    raise falcon.HTTPConflict(title="The name is taken, or there is too little stock.")


# --8<-- [end:transaction]
app = falcon.asgi.App(middleware=[Database()])
app.add_error_handler(IntegrityError, conflict)
app.add_route("/items", Items())
app.add_route("/items/{item_id:int(min=1, max=2147483647)}", OneItem())
app.add_route("/transfers", Transfers())

if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=8000)
