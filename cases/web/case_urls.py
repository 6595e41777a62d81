"""Addresses of one matter: the file, its moves, due days, letters, attachments, charts, identity."""

from django.urls import URLPattern, path

from cases.web.casefile import (
    attachments_page as attachments,
)
from cases.web.casefile import (
    case_page as case,
)
from cases.web.casefile import (
    charts_page as charts,
)
from cases.web.casefile import (
    deadline_page as deadlines,
)
from cases.web.casefile import (
    identity_page as identity,
)
from cases.web.casefile import (
    letters_page as letters,
)
from cases.web.casefile import (
    presence_page as presence,
)
from cases.web.casefile import (
    take_over_page as take_over,
)
from cases.web.casefile import (
    whole_file_page as whole_file,
)
from cases.web.drafts import draft_pages as letter_drafts
from cases.web.evaluation import evaluation_page as evaluation
from cases.web.logbook import log_pages as logbook
from cases.web.papers import paper_pages as papers
from cases.web.procedure import move_page as moves
from cases.web.procedure import opinion_page as opinion
from cases.web.serving import serving_page as serving

urlpatterns: list[URLPattern] = [
    path("cases/<str:number>/", case.case, name="case"),
    path("cases/<str:number>/opinion/", opinion.check, name="opinion-check"),
    path("cases/<str:number>/moves/<slug:slug>/", moves.move, name="move"),
    path("cases/<str:number>/presence/", presence.presence, name="presence"),
    path("cases/<str:number>/take-over/", take_over.take_over, name="take-over"),
    path("cases/<str:number>/evaluate/", evaluation.evaluate, name="evaluate"),
    path("cases/<str:number>/due/", deadlines.current_deadline, name="due"),
    path("cases/<str:number>/deadlines/<int:pk>/", deadlines.deadline, name="deadline"),
    path("cases/<str:number>/letters/zip/", whole_file.letters_zip, name="letters-zip"),
    path("cases/<str:number>/file/", whole_file.file, name="whole-file"),
    path("cases/<str:number>/log/<slug:book>/", logbook.entry, name="log"),
    path("cases/<str:number>/log/<slug:book>/<int:pk>/", logbook.entry, name="log-correct"),
    path("cases/<str:number>/letters/<int:pk>/", letters.letter, name="letter"),
    path("cases/<str:number>/letters/<int:pk>/docx/", letters.docx, name="letter-docx"),
    path("cases/<str:number>/letters/<int:pk>/delivery/", serving.serve, name="serve-letter"),
    path("cases/<str:number>/papers/", papers.choose, name="paper-choose"),
    path("cases/<str:number>/papers/<slug:paper>/", papers.paper_page, name="paper"),
    path("cases/<str:number>/drafts/new/", letter_drafts.choose, name="draft-choose"),
    path("cases/<str:number>/drafts/new/<slug:kind>/", letter_drafts.new, name="draft-new"),
    path("cases/<str:number>/drafts/<int:pk>/", letter_drafts.draft, name="draft"),
    path("cases/<str:number>/drafts/<int:pk>/<slug:step>/", letter_drafts.draft_step, name="draft-step"),
    path("cases/<str:number>/attachments/", attachments.attach, name="attach"),
    path("cases/<str:number>/attachments/<int:pk>/", attachments.attachment, name="attachment"),
    path("cases/<str:number>/charts/", charts.paper, name="charts-paper"),
    path("cases/<str:number>/charts/<slug:chart>/", charts.chart, name="chart"),
    path("charts/<slug:chart>/blank/", charts.blank, name="chart-blank"),
    path("cases/<str:number>/identity/", identity.identity, name="identity"),
]
