from pathlib import Path, PureWindowsPath
from shutil import copyfileobj
from uuid import uuid4

from pyramid.config import Configurator
from pyramid.httpexceptions import (
    HTTPBadRequest,
    HTTPNotFound,
    HTTPRequestEntityTooLarge,
    HTTPUnsupportedMediaType,
)
from pyramid.response import FileResponse
from pyramid.view import view_config
from waitress import serve

MAX_BYTES = 2**20  # a megabyte
ALLOWED = {".txt", ".png"}
UPLOADS = Path(__file__).parent / "uploads"


# --8<-- [start:upload]
@view_config(route_name="files", request_method="POST", renderer="json")
def upload(request):
    # --8<-- [start:by-hand]
    if (request.content_length or 0) > MAX_BYTES:  # before request.POST reads the body
        raise HTTPRequestEntityTooLarge
    try:
        file = request.POST.get("file")
    except ValueError:  # multipart without a boundary
        raise HTTPBadRequest from None
    # --8<-- [end:by-hand]
    if not getattr(file, "filename", None):  # a field that is no file arrives as text
        raise HTTPBadRequest
    # --8<-- [start:by-hand-2]
    name = PureWindowsPath(file.filename).name  # what follows the last / or \
    # --8<-- [end:by-hand-2]
    suffix = PureWindowsPath(name).suffix.lower()
    if suffix not in ALLOWED:
        raise HTTPUnsupportedMediaType
    UPLOADS.mkdir(exist_ok=True)
    stored = UPLOADS / f"{uuid4().hex}{suffix}"
    with stored.open("xb") as target:
        copyfileobj(file.file, target)
    request.response.status_int = 201
    request.response.location = request.route_path("file", stored=stored.name)
    return {"size": stored.stat().st_size, "name": name}


# --8<-- [end:upload]
# --8<-- [start:download]
@view_config(route_name="file", request_method="GET")
def download(request):
    stored = UPLOADS / request.matchdict["stored"]
    if not stored.is_file():
        raise HTTPNotFound
    response = FileResponse(stored, request=request)
    response.content_disposition = f'attachment; filename="{stored.name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


# --8<-- [end:download]
with Configurator() as config:
    config.add_route("files", "/files")
    config.add_route("file", r"/files/{stored:[0-9a-f]{32}\.(txt|png)}")
    config.scan(__name__)
    app = config.make_wsgi_app()

if __name__ == "__main__":
    serve(app, host="127.0.0.1", port=8000)
