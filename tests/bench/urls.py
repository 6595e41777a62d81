"""Every address of the product, and the empty signed-in page that everything is measured against (E)."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path

from binzhou_xinfang import urls


@login_required
def empty(request: HttpRequest) -> HttpResponse:
    """Nothing, for somebody who is signed in."""
    return HttpResponse()


urlpatterns: list[URLPattern | URLResolver] = [path("bench/empty/", empty, name="bench-empty"), *urls.urlpatterns]
handler500 = "binzhou_xinfang.web.views.server_error"
