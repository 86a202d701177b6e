from tornado.escape import json_decode
from tornado.web import Application, RequestHandler


class Text(RequestHandler):
    def get(self):
        self.write("hello")


class Item(RequestHandler):
    def get(self, item_id):
        self.write({"id": int(item_id)})


class Tag(RequestHandler):
    def get(self, name):
        self.write({"tag": name})


class One(RequestHandler):
    def get(self):
        self.write({"q": self.get_argument("q")})


class Several(RequestHandler):
    def get(self):
        self.write({"tag": self.get_arguments("tag")})


class Name(RequestHandler):
    def get(self):
        self.write({"name": "Zoë"})


class Form(RequestHandler):
    def post(self):
        self.write({"name": self.get_argument("name")})


class Guarded(RequestHandler):
    def post(self):
        self.write("saved")


class Data(RequestHandler):
    def post(self):
        self.write({"got": json_decode(self.request.body)})


class Old(RequestHandler):
    def get(self):
        self.redirect("/text")


class Cookie(RequestHandler):
    def get(self):
        self.set_cookie("theme", "dark")
        self.write("hello")


class Boom(RequestHandler):
    def get(self):
        raise RuntimeError("a secret stands here")


class Nothing(RequestHandler):
    def get(self):
        pass


app = Application(
    [
        ("/text", Text),
        ("/folder/", Text),
        (r"/items/(\d+)", Item),
        ("/tags/([^/]+)", Tag),
        ("/one", One),
        ("/several", Several),
        ("/name", Name),
        ("/form", Form),
        ("/guarded", Guarded),
        ("/json", Data),
        ("/old", Old),
        ("/cookie", Cookie),
        ("/boom", Boom),
        ("/nothing", Nothing),
    ]
)
