import sys

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.core.management import execute_from_command_line
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.http import require_POST, require_safe

settings.configure(
    ALLOWED_HOSTS=["localhost", "127.0.0.1"],
    ROOT_URLCONF=__name__,
    DATA_UPLOAD_MAX_MEMORY_SIZE=1_000,  # bytes; 2.5 MB if not set
)


# --8<-- [start:query]
@require_safe
def search(request):
    # --8<-- [start:by-hand]
    try:
        page = int(request.GET.get("page", 1))
    except ValueError:
        page = 0
    if page < 1:
        raise BadRequest("page is a number from 1 on")
    # --8<-- [end:by-hand]
    return JsonResponse({"tags": request.GET.getlist("tag"), "page": page})


@require_safe
def greet(request, name):
    return JsonResponse({"name": name})


# --8<-- [end:query]
# --8<-- [start:headers]
@require_safe
def visitor(request):
    language = request.headers.get("Accept-Language", "en")
    return JsonResponse({"language": language, "address": request.META["REMOTE_ADDR"]})


# --8<-- [end:headers]
# --8<-- [start:body]
@require_POST
def form(request):
    return JsonResponse({"name": request.POST.get("name", "")})


@require_POST
def raw(request):
    return JsonResponse({"length": len(request.body), "hex": request.body.hex()})


# --8<-- [start:by-hand-2]
def bad_request(request, exception):
    too_big = isinstance(exception, RequestDataTooBig)  # Django answers 400 here as well
    return HttpResponse(status=413 if too_big else 400)


handler400 = bad_request
# --8<-- [end:by-hand-2]
# --8<-- [end:body]

urlpatterns = [
    path("search", search),
    path("names/<str:name>", greet),
    path("visitor", visitor),
    path("form", form),
    path("raw", raw),
]

app = get_wsgi_application()

if __name__ == "__main__":
    execute_from_command_line(sys.argv)
