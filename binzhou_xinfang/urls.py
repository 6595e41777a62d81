"""All addresses of the system, room by room."""

from django.contrib.auth.decorators import login_required
from django.urls import URLPattern, URLResolver, include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from binzhou_xinfang import health
from binzhou_xinfang.process.pages import door_pages
from binzhou_xinfang.process.programs import door_programs
from binzhou_xinfang.web.views import not_found, server_error

# The pages of the schema carry no inline script, as our policy wants it.
api_docs = login_required(SpectacularSwaggerSplitView.as_view(url_name="api-schema", template_name="api_docs.html"))

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("accounts/", include("binzhou_xinfang.own_account.urls")),
    path("api/schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path("api/docs/", api_docs, name="api-docs"),
    path("api/", include("supervision.web.api_urls")),
    path("api/", include("cases.web.api_urls")),
    path("notices/", include("binzhou_xinfang.notices.urls")),
    path("supervision/", include("supervision.web.urls")),
    path("hearings/", include("hearings.web.urls")),
    *door_pages(),
    *door_programs(),
    path("", include("cases.web.urls")),
]

handler404 = not_found
handler500 = server_error
