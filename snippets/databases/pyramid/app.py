import os
from pathlib import Path

import zope.sqlalchemy
from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPBadRequest, HTTPNoContent, HTTPNotFound
from pyramid.view import exception_view_config, view_config
from sqlalchemy import CheckConstraint, create_engine, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, sessionmaker
from waitress import serve


# --8<-- [start:table]
class Base(DeclarativeBase):
    pass


class Item(Base):
    __tablename__ = "item"
    __table_args__ = (CheckConstraint("stock >= 0"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    stock: Mapped[int]

    def __json__(self, request):  # what Pyramid's JSON renderer calls
        return {"id": self.id, "name": self.name, "stock": self.stock}


sqlite = f"sqlite:///{Path(__file__).parent / 'items.sqlite3'}"
engine = create_engine(os.environ.get("DATABASE_URL", sqlite))
Base.metadata.create_all(engine)  # the tables that are missing
Session = sessionmaker(engine)
# --8<-- [end:table]

SORTS = {"name": Item.name, "stock": Item.stock}


# --8<-- [start:query]
@view_config(route_name="items", request_method="GET", renderer="json")
def items(request):
    column = SORTS.get(request.params.get("sort", "name"))
    if column is None:
        raise HTTPBadRequest("Sort by name or stock.")
    search = request.params.get("search", "")
    found = select(Item).where(Item.name.icontains(search, autoescape=True))
    return {"items": list(request.dbsession.scalars(found.order_by(column).limit(20)))}


@view_config(route_name="item", request_method="GET", renderer="json")
def item(request):
    row = request.dbsession.get(Item, int(request.matchdict["item_id"]))
    if row is None:
        raise HTTPNotFound
    return row


# --8<-- [end:query]
# --8<-- [start:transaction]
def dbsession(request):
    session = Session()
    zope.sqlalchemy.register(session, transaction_manager=request.tm)
    return session  # pyramid_tm commits it after the view, or aborts it if the view raised


@view_config(route_name="items", request_method="POST", renderer="json")
def create(request):
    row = Item(name=request.json_body["name"], stock=request.json_body["stock"])
    request.dbsession.add(row)
    request.dbsession.flush()  # sends the INSERT, so that the row has its id
    request.response.status_int = 201
    return row


@view_config(route_name="transfers", request_method="POST")
def transfer(request):
    order = request.json_body
    changes = ((order["to"], order["amount"]), (order["from"], -order["amount"]))
    for item_id, change in changes:
        row = update(Item).where(Item.id == item_id)
        if not request.dbsession.execute(row.values(stock=Item.stock + change)).rowcount:
            raise HTTPNotFound
    return HTTPNoContent()


@exception_view_config(IntegrityError, renderer="json")
def conflict(error, request):
    request.response.status_int = 409
    return {"error": "The name is taken, or there is too little stock."}


# --8<-- [end:transaction]
with Configurator(settings={"tm.manager_hook": "pyramid_tm.explicit_manager"}) as config:
    config.include("pyramid_tm")
    config.add_request_method(dbsession, reify=True)
    config.add_route("items", "/items")
    config.add_route("item", "/items/{item_id:[0-9]{1,9}}")
    config.add_route("transfers", "/transfers")
    config.scan(__name__)
    app = config.make_wsgi_app()

if __name__ == "__main__":
    serve(app, host="127.0.0.1", port=8000)
