import sys
from pathlib import Path

from django.conf import settings
from django.core.management import execute_from_command_line
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.csp import CSP
from django.views.decorators.http import require_http_methods

settings.configure(
    ROOT_URLCONF=__name__,
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "DIRS": [Path(__file__).parent / "templates"],
            "OPTIONS": {"context_processors": ["django.template.context_processors.csp"]},
        }
    ],
    INSTALLED_APPS=["corsheaders"],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.middleware.csp.ContentSecurityPolicyMiddleware",
        "corsheaders.middleware.CorsMiddleware",
        "django.middleware.common.CommonMiddleware",  # checks the host
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
    # --8<-- [start:headers]
    SECURE_CSP={
        "default-src": [CSP.SELF],
        "script-src": [CSP.NONCE],
        "base-uri": [CSP.NONE],
        "frame-ancestors": [CSP.NONE],
    },
    SECURE_HSTS_SECONDS=3600,  # sent over HTTPS only; a year once everything works
    # --8<-- [end:headers]
    # --8<-- [start:cors]
    CORS_ALLOWED_ORIGINS=["https://shop.example", "https://admin.example"],
    CORS_ALLOW_CREDENTIALS=True,
    CORS_ALLOW_METHODS=["GET", "PUT"],
    CORS_ALLOW_HEADERS=["content-type"],
    CORS_URLS_REGEX=r"^/api/",
    # --8<-- [end:cors]
    # --8<-- [start:hosts]
    ALLOWED_HOSTS=["localhost", "127.0.0.1"],
    # --8<-- [end:hosts]
)


def page(request):
    return render(request, "page.html", {"url": request.build_absolute_uri(reverse("page"))})


@require_http_methods(["GET", "HEAD", "PUT"])
def stock(request):
    if request.method == "PUT":
        return HttpResponse(status=204)  # a database would keep it
    return JsonResponse({"tea": 3})


urlpatterns = [path("", page, name="page"), path("api/stock", stock)]

app = get_wsgi_application()

if __name__ == "__main__":
    execute_from_command_line(sys.argv)
