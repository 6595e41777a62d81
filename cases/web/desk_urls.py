"""Addresses of the desk: home, worklists, search, registration, and the rows that one picks while typing."""

from django.urls import path

from cases.web.drafts import draft_pages as letter_drafts
from cases.web.handover import pages as hand_overs
from cases.web.handover import plan_pages as hand_over_plans
from cases.web.procedure import duty_page as duty
from cases.web.window import person_panel
from cases.web.window import pick_page as pick
from cases.web.window import receipt_page as receipts
from cases.web.window import register_page as register
from cases.web.window import ways_page as legal_ways
from cases.web.worklists import home_page as home
from cases.web.worklists import saved_filters_page as saved_filters
from cases.web.worklists import search_page as search
from cases.web.worklists import together_page as together
from cases.web.worklists import worklist_pages as worklists

urlpatterns = [
    path("", home.home, name="home"),
    path("work/<slug:queue>/", worklists.worklist, name="worklist"),
    path("cases/", worklists.every_case, name="list"),
    path("together/<slug:slug>/", together.together, name="together"),
    path("filters/", saved_filters.save, name="save-filter"),
    path("filters/<int:pk>/forget/", saved_filters.forget, name="forget-filter"),
    path("drafts/", letter_drafts.desk, name="drafts"),
    path("hand-overs/", hand_overs.all_hand_overs, name="hand-overs"),
    path("hand-overs/unit/", hand_overs.new_of_unit, name="hand-over-unit"),
    path("hand-overs/person/", hand_overs.new_of_person, name="hand-over-person"),
    path("hand-overs/plans/<int:pk>/", hand_over_plans.plan, name="hand-over-plan"),
    path("hand-overs/plans/<int:pk>/cancel/", hand_over_plans.cancel_plan, name="hand-over-plan-cancel"),
    path("hand-overs/<int:pk>/", hand_overs.hand_over, name="hand-over"),
    path("hand-overs/<int:pk>/correct/", hand_overs.correct_hand_over, name="hand-over-correct"),
    path("duty/", duty.roster, name="duty"),
    path("duty/<int:pk>/off/", duty.take_off_duty, name="duty-off"),
    path("search/", search.search, name="search"),
    path("register/", register.register, name="register"),
    path("register/repeat/", register.register, {"repeat": True}, name="register-repeat"),
    path("register/person/", person_panel.person, name="person"),
    path("petitions/<str:number>/receipt/", receipts.receipt, name="receipt"),
    path("ways/", legal_ways.ways, name="ways"),
    path("ways/<slug:code>/", legal_ways.way, name="way"),
    path("pick/topics/", pick.topics, name="topics"),
    path("pick/units/", pick.units, name="units"),
    path("pick/places/", pick.places, name="places"),
]
