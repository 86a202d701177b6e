from pyramid.config import Configurator
from pyramid.httpexceptions import HTTPFound
from pyramid.response import Response
from pyramid.view import view_config


@view_config(route_name="text", request_method="GET")
@view_config(route_name="folder", request_method="GET")
def text(request):
    return Response("hello")


@view_config(route_name="item", renderer="json")
def item(request):
    return {"id": int(request.matchdict["item_id"])}


@view_config(route_name="tag", renderer="json")
def tag(request):
    return {"tag": request.matchdict["name"]}


@view_config(route_name="one", renderer="json")
def one(request):
    return {"q": request.GET["q"]}


@view_config(route_name="several", renderer="json")
def several(request):
    return {"tag": request.GET.getall("tag")}


@view_config(route_name="name", renderer="json")
def name(request):
    return {"name": "Zoë"}


@view_config(route_name="form", request_method="POST", renderer="json")
def form(request):
    return {"name": request.POST["name"]}


@view_config(route_name="guarded", request_method="POST")
def guarded(request):
    return Response("saved")


@view_config(route_name="json", request_method="POST", renderer="json")
def data(request):
    return {"got": request.json_body}


@view_config(route_name="old")
def old(request):
    return HTTPFound("/text")


@view_config(route_name="cookie")
def cookie(request):
    response = Response("hello")
    response.set_cookie("theme", "dark")
    return response


@view_config(route_name="boom")
def boom(request):
    raise RuntimeError("a secret stands here")


@view_config(route_name="nothing")
def nothing(request):
    pass


with Configurator() as config:
    config.add_route("text", "/text")
    config.add_route("folder", "/folder/")
    config.add_route("item", r"/items/{item_id:\d+}")
    config.add_route("tag", "/tags/{name}")
    config.add_route("one", "/one")
    config.add_route("several", "/several")
    config.add_route("name", "/name")
    config.add_route("form", "/form")
    config.add_route("guarded", "/guarded")
    config.add_route("json", "/json")
    config.add_route("old", "/old")
    config.add_route("cookie", "/cookie")
    config.add_route("boom", "/boom")
    config.add_route("nothing", "/nothing")
    config.scan(__name__)
    app = config.make_wsgi_app()
