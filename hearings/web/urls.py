"""Addresses of hearings."""

from django.urls import path

from hearings.web import notice_day_page
from hearings.web.pool import recompute_page

app_name = "hearings"
urlpatterns = [
    path("notice-day/", notice_day_page.notice_day, name="notice-day"),
    path("recompute/", recompute_page.recompute, name="recompute"),
]
