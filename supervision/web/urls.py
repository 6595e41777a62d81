"""Addresses of supervision."""

from django.urls import path

from supervision.web.causes import act_page as acts
from supervision.web.causes import letters_page as letters
from supervision.web.causes import together_page as several
from supervision.web.circulars import figures_page as circular_figures
from supervision.web.circulars import pages as circulars
from supervision.web.figures import (
    annual_page as annual,
)
from supervision.web.figures import (
    home_page as home,
)
from supervision.web.figures import (
    list_page as figure,
)
from supervision.web.figures import (
    morning_page as morning,
)
from supervision.web.figures import (
    overdue_page as overdue,
)
from supervision.web.figures import (
    proposals_page as proposals,
)
from supervision.web.figures import (
    words_page as words,
)
from supervision.web.inspections import pages as inspections

app_name = "supervision"
urlpatterns = [
    path("", home.home, name="home"),
    path("trends/", home.trends, name="trends"),
    path("morning/", morning.morning, name="morning"),
    path("figures/", words.figure_words, name="figures"),
    path("figures/<slug:figure>/", figure.figure_list, name="figure"),
    path("overdue/", overdue.overdue_board, name="overdue"),
    path("letters/", letters.letters, name="letters"),
    path("letters/together/<slug:slug>/", several.together, name="together"),
    path("letters/<int:pk>/", letters.letter, name="letter"),
    path("letters/<int:pk>/<slug:slug>/", acts.act, name="act"),
    path("new/", acts.bring_up, name="bring-up"),
    path("inspections/", inspections.inspections, name="inspections"),
    path("inspections/<int:pk>/", inspections.inspection, name="inspection"),
    path("inspections/new/<str:number>/", inspections.new_inspection, name="new-inspection"),
    path("circulars/", circulars.all_circulars, name="circulars"),
    path("circulars/new/", circulars.new_circular, name="new-circular"),
    path("circulars/<int:pk>/", circulars.circular, name="circular"),
    path("circulars/<int:pk>/print/", circulars.circular_paper, name="circular-paper"),
    path("circulars/<int:pk>/figures/<slug:figure>/", circular_figures.circular_figure, name="circular-figure"),
    path("circulars/<int:pk>/<slug:slug>/", circulars.circular_act, name="circular-act"),
    path("board/", letters.board, name="board"),
    path("proposals/", proposals.proposals, name="proposals"),
    path("proposals/<int:year>/workbook/", annual.proposals_workbook, name="proposals-workbook"),
    path("proposals/<int:year>/report/", annual.annual_report, name="annual-report"),
]
