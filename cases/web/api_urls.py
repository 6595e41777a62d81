"""Addresses of the API. Each move has one of its own, named after it: `api:move-sign-for`."""

from django.urls import URLPattern, path

import binzhou_xinfang.web.converters  # noqa: F401  makes `number` known
from cases.web.casefile import cases_api as cases
from cases.web.casefile import papers_api as papers
from cases.web.casefile import take_over_api as take_over
from cases.web.drafts import drafts_api as letter_drafts
from cases.web.evaluation import evaluation_api as evaluation
from cases.web.handover import api as hand_overs
from cases.web.house import api as house
from cases.web.keeping import settings_api as settings
from cases.web.logbook import log_api as logbook
from cases.web.papers import papers_api as printed
from cases.web.procedure import duty_api as duty
from cases.web.procedure import moves_api as moves
from cases.web.serving import serving_api as serving
from cases.web.window import petitions_api as petitions
from cases.web.window import reference_api as reference

app_name = "api"
urlpatterns: list[URLPattern] = [
    *house.urlpatterns,
    path("cases/", cases.CaseList.as_view(), name="cases"),
    path("cases/<number:number>/", cases.CaseDetail.as_view(), name="case"),
    path("cases/<number:number>/events/", cases.CaseEvents.as_view(), name="events"),
    path("cases/<number:number>/charts/", cases.CaseCharts.as_view(), name="charts"),
    path("cases/<number:number>/deadlines/<int:pk>/", cases.CaseDeadline.as_view(), name="deadline"),
    path("cases/<number:number>/take-over/", take_over.TakeOver.as_view(), name="take-over"),
    path("cases/<number:number>/evaluate/", evaluation.EvaluateView.as_view(), name="evaluate"),
    path("cases/<number:number>/letters/", papers.LetterPackage.as_view(), name="letters"),
    path("cases/<number:number>/file/", papers.FilePackage.as_view(), name="file"),
    path("cases/<number:number>/letters/<int:pk>/", papers.LetterDownload.as_view(), name="letter"),
    path("cases/<number:number>/deliveries/", serving.ServedLetters.as_view(), name="deliveries"),
    path("cases/<number:number>/letters/<int:pk>/delivery/", serving.ServeLetter.as_view(), name="letter-delivery"),
    path("hand-overs/", hand_overs.HandOverList.as_view(), name="hand-overs"),
    path("hand-overs/unit/", hand_overs.UnitHandOver.as_view(), name="hand-over-unit"),
    path("hand-overs/person/", hand_overs.PersonHandOver.as_view(), name="hand-over-person"),
    path("hand-overs/plans/<int:pk>/", hand_overs.HandOverPlanDetail.as_view(), name="hand-over-plan"),
    path("hand-overs/plans/<int:pk>/cancel/", hand_overs.HandOverPlanCancel.as_view(), name="hand-over-plan-cancel"),
    path("hand-overs/<int:pk>/", hand_overs.HandOverDetail.as_view(), name="hand-over"),
    path("hand-overs/<int:pk>/correct/", hand_overs.HandOverCorrection.as_view(), name="hand-over-correct"),
    path("duty/", duty.Roster.as_view(), name="duty"),
    path("duty/<int:pk>/off/", duty.TakeOffDuty.as_view(), name="duty-off"),
    path("letter-drafts/", letter_drafts.WaitingDrafts.as_view(), name="drafts"),
    path("cases/<number:number>/drafts/", letter_drafts.CaseDrafts.as_view(), name="case-drafts"),
    path("cases/<number:number>/drafts/<int:pk>/", letter_drafts.DraftDetail.as_view(), name="draft"),
    *(
        path(f"cases/<number:number>/papers/{kind.value}/", view.as_view(), name=f"paper-{kind.value}")
        for kind, view in printed.PAPER_VIEWS.items()
    ),
    path("cases/<number:number>/log/", logbook.LogList.as_view(), name="log"),
    *(
        path(f"cases/<number:number>/log/{book.value}/", view.as_view(), name=f"log-{book.value}")
        for book, view in logbook.LOG_VIEWS.items()
    ),
    *(
        path(f"cases/<number:number>/log/{book.value}/<int:pk>/", view.as_view(), name=f"log-{book.value}-correct")
        for book, view in logbook.CORRECTION_VIEWS.items()
    ),
    path("cases/<number:number>/attachments/", papers.AttachmentList.as_view(), name="attachments"),
    path("cases/<number:number>/attachments/<int:pk>/", papers.AttachmentDownload.as_view(), name="attachment"),
    *(
        path(f"cases/<number:number>/moves/{move.value}/", view.as_view(), name=f"move-{move.value}")
        for move, view in moves.MOVE_VIEWS.items()
    ),
    path("petitions/", petitions.PetitionList.as_view(), name="petitions"),
    path("petitions/repeat/", petitions.RepeatList.as_view(), name="repeat"),
    path("petitions/<number:number>/", petitions.PetitionDetail.as_view(), name="petition"),
    path("topics/", reference.TopicList.as_view(), name="topics"),
    path("legal-ways/", reference.LegalRouteList.as_view(), name="legal-ways"),
    path("units/", reference.UnitList.as_view(), name="units"),
    path("settings/", settings.SettingList.as_view(), name="settings"),
    path("deadline/", reference.ReckoningView.as_view(), name="reckoning"),
]
