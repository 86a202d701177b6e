from pathlib import Path

from bottle import TEMPLATE_PATH, Bottle, static_file, template

BASE_DIR = Path(__file__).parent
TEMPLATE_PATH[:] = [str(BASE_DIR / "templates")]

app = Bottle()


# --8<-- [start:static]
@app.get("/static/<path:path>", name="static")
def static(path):
    return static_file(path, root=BASE_DIR / "static")


# --8<-- [end:static]
# --8<-- [start:page]
@app.get("/")
def index():
    return template("index", get_url=app.get_url)  # get_url('static', path='style.css')


# --8<-- [end:page]
if __name__ == "__main__":
    app.run(host="127.0.0.1", port=8000)
