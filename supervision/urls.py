"""Pages of supervision."""

from django.urls import path

from supervision import views

app_name = "supervision"
urlpatterns = [path("overdue/", views.overdue_board, name="overdue")]
