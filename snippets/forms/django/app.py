import sys
from pathlib import Path

from django import forms
from django.conf import settings
from django.core.management import execute_from_command_line
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_safe

settings.configure(
    ALLOWED_HOSTS=["localhost", "127.0.0.1"],
    MIDDLEWARE=["django.middleware.csrf.CsrfViewMiddleware"],  # startproject's default has it too
    ROOT_URLCONF=__name__,
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "DIRS": [Path(__file__).parent / "templates"],
        }
    ],
)

ENTRIES = [{"name": "Host", "message": "Welcome", "pinned": True}]  # a database would keep them


# --8<-- [start:form]
class EntryForm(forms.Form):
    name = forms.CharField(max_length=40)
    message = forms.CharField(max_length=200, widget=forms.Textarea)


# --8<-- [end:form]
@require_safe
def entries(request):
    return render(request, "entries.html", {"entries": ENTRIES})


# --8<-- [start:handler]
def new(request):
    form = EntryForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        ENTRIES.append({**form.cleaned_data, "pinned": False})  # holds the form's fields alone
        response = HttpResponseRedirect(reverse("entries"))
        response.status_code = 303  # its own is 302
        return response
    return render(request, "new.html", {"form": form}, status=422 if form.is_bound else 200)


# --8<-- [end:handler]
urlpatterns = [path("", entries, name="entries"), path("new", new, name="new")]

app = get_wsgi_application()

if __name__ == "__main__":
    execute_from_command_line(sys.argv)
