from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import LoginView, LogoutView
from django.shortcuts import render
from django.urls import path


# --8<-- [start:private]
@login_required
def private(request):
    return render(request, "private.html")


# --8<-- [end:private]
# --8<-- [start:login]
urlpatterns = [
    path("private", private, name="private"),
    path("login", LoginView.as_view(template_name="login.html"), name="login"),
    path("logout", LogoutView.as_view(), name="logout"),
]
# --8<-- [end:login]
