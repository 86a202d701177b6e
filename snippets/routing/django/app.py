import sys

from django.conf import settings
from django.core.management import execute_from_command_line
from django.core.wsgi import get_wsgi_application
from django.http import JsonResponse
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

settings.configure(ALLOWED_HOSTS=["localhost", "127.0.0.1"], ROOT_URLCONF=__name__)


# --8<-- [start:handler]
@require_safe  # GET and HEAD; without it every method is answered
def item(request, item_id):
    return JsonResponse({"id": item_id})


# --8<-- [end:handler]
@require_safe
def tag(request, name):
    return JsonResponse({"tag": name})


# --8<-- [start:url]
@require_POST
def create(request):
    item_id = 7  # a database would hand out the number
    location = reverse("item", kwargs={"item_id": item_id})
    return JsonResponse({"id": item_id}, status=201, headers={"Location": location})


# --8<-- [end:url]
# --8<-- [start:route]
urlpatterns = [
    path("items", create),
    path("items/<int:item_id>", item, name="item"),
    path("tags/<str:name>", tag),
]
# --8<-- [end:route]

app = get_wsgi_application()

if __name__ == "__main__":
    execute_from_command_line(sys.argv)
