import json

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

settings.configure(
    ALLOWED_HOSTS=["localhost"],
    ROOT_URLCONF=__name__,
    SECRET_KEY="for these probes only",
    MIDDLEWARE=[  # those of `startproject` that need no database
        "django.middleware.security.SecurityMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
)


@require_GET
def text(request):
    return HttpResponse("hello")


def item(request, item_id):
    return JsonResponse({"id": item_id})


def tag(request, name):
    return JsonResponse({"tag": name})


def one(request):
    return JsonResponse({"q": request.GET["q"]})


def several(request):
    return JsonResponse({"tag": request.GET.getlist("tag")})


def name(request):
    return JsonResponse({"name": "Zoë"})


@csrf_exempt  # else every POST without a token is 403, and the other questions stay open
def form(request):
    return JsonResponse({"name": request.POST["name"]})


@require_POST
def guarded(request):
    return HttpResponse("saved")


@csrf_exempt
def data(request):
    return JsonResponse({"got": json.loads(request.body)})


def old(request):
    return redirect("/text")


def cookie(request):
    response = HttpResponse("hello")
    response.set_cookie("theme", "dark")
    return response


def boom(request):
    raise RuntimeError("a secret stands here")


def nothing(request):
    pass


urlpatterns = [
    path("text", text),
    path("folder/", text),
    path("items/<int:item_id>", item),
    path("tags/<str:name>", tag),
    path("one", one),
    path("several", several),
    path("name", name),
    path("form", form),
    path("guarded", guarded),
    path("json", data),
    path("old", old),
    path("cookie", cookie),
    path("boom", boom),
    path("nothing", nothing),
]

app = get_wsgi_application()
