"""Addresses of hearings."""

from django.urls import path

from hearings.web import notice_day_page as views

app_name = "hearings"
urlpatterns = [path("notice-day/", views.notice_day, name="notice-day")]
