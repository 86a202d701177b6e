import json

from django.db import IntegrityError, transaction
from django.db.models import F
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from .models import Item

COLUMNS = ("id", "name", "stock")


# --8<-- [start:query]
@require_http_methods(["GET", "HEAD", "POST"])
def items(request):
    if request.method == "POST":
        return create(json.loads(request.body))
    sort = request.GET.get("sort", "name")
    if sort not in ("name", "stock"):
        return JsonResponse({"error": "Sort by name or stock."}, status=400)
    found = Item.objects.filter(name__icontains=request.GET.get("search", ""))
    return JsonResponse({"items": list(found.order_by(sort).values(*COLUMNS)[:20])})


@require_safe
def item(request, item_id):
    return JsonResponse(get_object_or_404(Item.objects.values(*COLUMNS), id=item_id))


# --8<-- [end:query]
# --8<-- [start:transaction]
def create(new):
    try:
        with transaction.atomic():
            row = Item.objects.create(name=new["name"], stock=new["stock"])
    except IntegrityError:
        return JsonResponse({"error": "The name is taken."}, status=409)
    return JsonResponse({"id": row.id, "name": row.name, "stock": row.stock}, status=201)


@require_POST
def transfer(request):
    order = json.loads(request.body)
    changes = ((order["to"], order["amount"]), (order["from"], -order["amount"]))
    try:
        with transaction.atomic():
            for item_id, change in changes:
                row = Item.objects.filter(id=item_id)
                if not row.update(stock=F("stock") + change):
                    raise Http404
    except IntegrityError:
        return JsonResponse({"error": "There is too little stock."}, status=409)
    return HttpResponse(status=204)


# --8<-- [end:transaction]
