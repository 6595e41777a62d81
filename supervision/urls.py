"""Pages of supervision."""

from django.urls import path

from supervision.views import home, letters, overdue

app_name = "supervision"
urlpatterns = [
    path("", home.home, name="home"),
    path("rates/<slug:rate>/", home.rate_list, name="rate"),
    path("overdue/", overdue.overdue_board, name="overdue"),
    path("letters/", letters.letters, name="letters"),
    path("letters/<int:pk>/", letters.letter, name="letter"),
    path("letters/<int:pk>/<slug:slug>/", letters.act, name="act"),
]
