"""Addresses of the API of 督办. Each act has one of its own."""

from django.urls import URLPattern, path

from supervision.api import views

app_name = "api-supervision"
urlpatterns: list[URLPattern] = [
    path("", views.SupervisionList.as_view(), name="all"),
    path("<int:pk>/", views.SupervisionDetail.as_view(), name="one"),
    path("<int:pk>/draft/", views.DraftView.as_view(), name="draft"),
    *(path(f"<int:pk>/{slug}/", view.as_view(), name=slug) for slug, view in views.ACT_VIEWS.items()),
]
