"""Pages of hearings."""

from django.urls import path

from hearings import views

app_name = "hearings"
urlpatterns = [path("notice-day/", views.notice_day, name="notice-day")]
