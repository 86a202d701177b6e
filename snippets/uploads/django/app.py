import sys
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.core.management import execute_from_command_line
from django.core.wsgi import get_wsgi_application
from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.urls import path, re_path, reverse
from django.views.decorators.http import require_POST, require_safe

settings.configure(ALLOWED_HOSTS=["localhost", "127.0.0.1"], ROOT_URLCONF=__name__)

MAX_BYTES = 2**20  # a megabyte
ALLOWED = {".txt", ".png"}
storage = FileSystemStorage(Path(__file__).parent / "uploads")


# --8<-- [start:upload]
@require_POST
def upload(request):
    # --8<-- [start:by-hand]
    # Django bounds fields, not files. Look before request.FILES reads the body.
    if int(request.headers.get("Content-Length") or 0) > MAX_BYTES:
        return HttpResponse(status=413)
    # --8<-- [end:by-hand]
    file = request.FILES.get("file")
    if file is None:
        return HttpResponse(status=400)
    suffix = Path(file.name).suffix.lower()  # the name comes without folders
    if suffix not in ALLOWED:
        return HttpResponse(status=415)
    stored = storage.save(f"{uuid4().hex}{suffix}", file)
    answer = {"size": file.size, "name": file.name}
    return JsonResponse(answer, status=201, headers={"Location": reverse("file", args=[stored])})


# --8<-- [end:upload]
# --8<-- [start:download]
@require_safe
def download(request, stored):
    if not storage.exists(stored):
        raise Http404
    nosniff = {"X-Content-Type-Options": "nosniff"}
    return FileResponse(storage.open(stored), as_attachment=True, headers=nosniff)


# --8<-- [end:download]
urlpatterns = [
    path("files", upload),
    re_path(r"^files/([0-9a-f]{32}\.(?:txt|png))$", download, name="file"),
]

app = get_wsgi_application()

if __name__ == "__main__":
    execute_from_command_line(sys.argv)
