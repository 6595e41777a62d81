"""The few addresses that the frame names, for tests that render it alone."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path


def page(request: HttpRequest) -> HttpResponse:
    """Any page of the house."""
    return render(request, "base.html")


accounts = (
    [path(f"{name}/", page, name=name) for name in ("sign-in", "sign-out", "use-post", "password", "own")],
    "accounts",
)
urlpatterns = [path("accounts/", include(accounts)), path("", include(([path("", page, name="home")], "cases")))]
