import asyncio
import json

from tornado.ioloop import IOLoop
from tornado.web import Application, RequestHandler

job = {"state": "none"}
ticks = [0]
present = []


class Who(RequestHandler):
    def get(self):
        cookie = self.request.headers.get("Cookie", "")
        origin = {"address": self.request.remote_ip, "scheme": self.request.protocol}
        self.write({**origin, "cookie": cookie})


class Mark(RequestHandler):
    def get(self):
        self.set_cookie("mark", "1")
        if self.request.query:
            self.set_cookie("secret", "1", secure=True)


class Job(RequestHandler):
    async def post(self):
        self.set_status(202)
        job["state"] = "waiting"
        self.finish()
        await asyncio.sleep(0.25)
        job["state"] = "done"

    def get(self):
        self.write(json.dumps(job["state"]))


async def tick():
    while True:
        await asyncio.sleep(0.01)
        ticks[0] += 1


class Ticks(RequestHandler):
    def get(self):
        if not ticks[0]:
            ticks[0] = 1
            IOLoop.current().spawn_callback(tick)
        self.write(json.dumps(ticks[0]))


class Meet(RequestHandler):
    async def get(self):
        present.append(None)
        for _ in range(300):
            if len(present) > 1:
                break
            await asyncio.sleep(0.01)
        self.write(json.dumps(len(present)))


class Length(RequestHandler):
    def post(self):
        self.write(json.dumps(len(self.request.body)))


app = Application(
    [
        ("/who", Who),
        ("/mark", Mark),
        ("/job", Job),
        ("/ticks", Ticks),
        ("/meet", Meet),
        ("/length", Length),
    ]
)
