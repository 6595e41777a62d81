"""Addresses of hearings."""

from django.urls import path

from hearings.web import notice_day_page
from hearings.web.calendar import month_page, pick_page
from hearings.web.pool import recompute_page

app_name = "hearings"
urlpatterns = [
    path("notice-day/", notice_day_page.notice_day, name="notice-day"),
    path("calendar/", month_page.month, name="calendar"),
    path("calendar/entries/", month_page.month_entries, name="calendar-entries"),
    path("calendar/feed/", month_page.feed_page, name="feed"),
    path("ics/<str:secret>.ics", month_page.ics, name="ics"),
    path("pick/experts/", pick_page.experts, name="pick-experts"),
    path("pick/people/", pick_page.people, name="pick-people"),
    path("pick/rooms/", pick_page.rooms, name="pick-rooms"),
    path("recompute/", recompute_page.recompute, name="recompute"),
]
