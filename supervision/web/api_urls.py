"""Addresses of the API of supervision. Each act has one of its own."""

from django.urls import URLPattern, path

import binzhou_xinfang.web.converters  # noqa: F401  makes `number` known
from supervision.web.causes import api as views
from supervision.web.circulars import api as circulars
from supervision.web.figures import api as figures
from supervision.web.inspections import api as inspections

app_name = "api-supervision"
urlpatterns: list[URLPattern] = [
    path("supervisions/", views.SupervisionList.as_view(), name="all"),
    path("supervisions/<int:pk>/", views.SupervisionDetail.as_view(), name="one"),
    path("supervisions/<int:pk>/draft/", views.DraftView.as_view(), name="draft"),
    *(path(f"supervisions/<int:pk>/{slug}/", view.as_view(), name=slug) for slug, view in views.ACT_VIEWS.items()),
    path("figures/", figures.FigureTable.as_view(), name="figures"),
    path("figures/<slug:figure>/", figures.FigureList.as_view(), name="figure"),
    path("inspections/", inspections.InspectionList.as_view(), name="inspections"),
    path("inspections/<int:pk>/", inspections.InspectionDetail.as_view(), name="inspection"),
    path("inspections/new/<number:number>/", inspections.NewInspection.as_view(), name="new-inspection"),
    path("circulars/", circulars.CircularList.as_view(), name="circulars"),
    path("circulars/<int:pk>/", circulars.CircularDetail.as_view(), name="circular"),
    path("circulars/<int:pk>/figures/<slug:figure>/", circulars.CircularFigure.as_view(), name="circular-items"),
    *(
        path(f"circulars/<int:pk>/{slug}/", view.as_view(), name=f"circular-{slug}")
        for slug, view in circulars.ACT_VIEWS.items()
    ),
]
