"""Addresses of 维护: units, people and posts, powers by two hands, topics, 法定途径."""

from django.urls import path

from cases.web.house import grants_pages as grants
from cases.web.house import people_pages as people
from cases.web.house import routes_pages as routes
from cases.web.house import topics_pages as topics
from cases.web.house import units_pages as units
from cases.web.house.history_page import history

urlpatterns = [
    path("house/units/", units.PAGES.all, name="house-units"),
    path("house/units/new/", units.PAGES.new, name="house-unit-new"),
    path("house/units/<int:pk>/", units.PAGES.one, name="house-unit"),
    path("house/units/<int:pk>/<slug:key>/", units.PAGES.act, name="house-unit-act"),
    path("house/changes/<int:pk>/<slug:key>/", grants.change_act, name="house-change-act"),
    path("house/people/", people.PAGES.all, name="house-people"),
    path("house/people/new/", people.PAGES.new, name="house-person-new"),
    path("house/people/<int:pk>/", people.PAGES.one, name="house-person"),
    path("house/people/<int:pk>/<slug:key>/", people.PAGES.act, name="house-person-act"),
    path("house/posts/<int:pk>/<slug:key>/", people.post_act, name="house-post-act"),
    path("house/tokens/<int:pk>/<slug:key>/", people.token_act, name="house-token-act"),
    path("house/grants/", grants.all_grants, name="house-grants"),
    path("house/grants/<int:pk>/<slug:key>/", grants.grant_act, name="house-grant-act"),
    path("house/topics/", topics.all_topics, name="house-topics"),
    path("house/topics/<int:pk>/", topics.topic_words, name="house-topic-words"),
    path("house/history/<slug:thing>/", history, name="house-histories"),
    path("house/history/<slug:thing>/<str:key>/", history, name="house-history"),
    path("house/routes/", routes.PAGES.all, name="house-routes"),
    path("house/routes/new/", routes.PAGES.new, name="house-route-new"),
    path("house/routes/<slug:code>/", routes.PAGES.one, name="house-route"),
    path("house/routes/<slug:code>/<slug:key>/", routes.PAGES.act, name="house-route-act"),
]
