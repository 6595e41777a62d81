"""法定途径: the table by which matters are led to other procedures, kept by the office."""

from datetime import date

from django import forms
from django.db.models import Q, QuerySet

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.roles import Right
from binzhou_xinfang.sentences import OfficeForm
from cases.house import routes
from cases.models import LegalRoute, Topic
from cases.vocabulary import LegalWay
from cases.web.house.kind_pages import Context, Kind, pages_of
from cases.web.house.list_page import Listing

_WAYS = LegalRoute._meta.get_field("way").choices or []
_STANDING = [("", "在用"), ("ended", "已停用"), ("all", "全部")]


class RouteFilter(OfficeForm):
    """Filter of the list; kept in the address."""

    q = forms.CharField(label="程序、机关、代码", max_length=60, required=False)
    way = forms.ChoiceField(label="途径", choices=[("", "全部途径"), *_WAYS], required=False)
    standing = forms.ChoiceField(label="状态", choices=_STANDING, required=False)


def found_routes(said: dict[str, str]) -> QuerySet[LegalRoute]:
    """Select the entries that a filter asks for."""
    rows = LegalRoute.objects.all()
    for word in said.get("q", "").split():
        rows = rows.filter(Q(name__icontains=word) | Q(organ__icontains=word) | Q(code__icontains=word))
    if way := said.get("way"):
        rows = rows.filter(way=way)
    standing = said.get("standing", "")
    return rows if standing == "all" else rows.filter(is_current=standing != "ended")


def _shown(found: LegalRoute, post: Post, on: date) -> Context:
    topics = Topic.objects.filter(is_current=True).order_by("code")
    return {"way": LegalWay(found.way), "topics": [str(topic) for topic in topics if found.fits(topic.code)]}


ROUTES = Listing("cases/house/routes.html", RouteFilter, found_routes, ("way", "code"), Right.MANAGE_LISTS)
PAGES = pages_of(
    Kind(
        name="route", plural="routes", model=LegalRoute, key="code", listing=ROUTES, create=routes.CREATE,
        acts=routes.ACTS, reads=Right.MANAGE_LISTS, shows=_shown,
    )
)  # fmt: skip
