"""用户和岗位: the list, one person with posts, tokens and powers asked for, and the acts on them."""

from datetime import date

from django import forms
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from binzhou_xinfang.accounts.models import ApiToken, Grant, Post, User
from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.accounts.roles import Right, Role
from binzhou_xinfang.sentences import OfficeForm
from binzhou_xinfang.web.doors import holds
from cases.house import grants, people
from cases.house.acts import offered
from cases.house.tokens import ACTS as TOKEN_ACTS
from cases.web.house.act_page import act_page, row_of
from cases.web.house.history import events_about
from cases.web.house.kind_pages import FORM, Context, Kind, pages_of
from cases.web.house.list_page import Listing

USER_ACTS = {**grants.USER_ACTS, **people.ACTS}
POST_ACTS = {**grants.POST_ACTS, **people.POST_ACTS}
_STANDING = [("", "在用账号"), ("closed", "已停用"), ("all", "全部")]


class PeopleFilter(OfficeForm):
    """Filter of the list; kept in the address."""

    q = forms.CharField(label="姓名、用户名、机构", max_length=60, required=False)
    role = forms.ChoiceField(label="角色", choices=[("", "全部角色"), *Role.choices], required=False)
    standing = forms.ChoiceField(label="状态", choices=_STANDING, required=False)


def found_people(said: dict[str, str]) -> QuerySet[User]:
    """Select the people whom a filter asks for, with the posts that they hold today."""
    today = timezone.localdate()
    held = Post.objects.held(today).select_related("unit")
    rows = User.objects.all()
    for word in said.get("q", "").split():
        at_unit = Exists(held.filter(user=OuterRef("pk"), unit__words__contains=word))
        rows = rows.filter(Q(name__icontains=word) | Q(username__icontains=word) | Q(at_unit))
    if role := said.get("role"):
        rows = rows.filter(Exists(Post.objects.held(today).filter(user=OuterRef("pk"), role=role)))
    by_standing = {"closed": rows.filter(is_active=False), "all": rows}
    rows = by_standing.get(said.get("standing", ""), rows.filter(is_active=True))
    return rows.prefetch_related(Prefetch("posts", queryset=held, to_attr="held"))


PEOPLE = Listing("cases/house/people.html", PeopleFilter, found_people, ("name", "pk"), Right.MANAGE_USERS)


def _shown(found: User, post: Post, on: date) -> Context:
    """Show posts of now, before and to come, tokens, and what waits for approval."""
    posts = Post.objects.filter(user=found).select_related("unit", "user").order_by("-from_on", "-pk")
    tokens = ApiToken.objects.filter(user=found).select_related("post__unit").order_by("-pk")
    waiting = Grant.objects.filter(user=found, decided_at=None)
    return {
        "posts": [(each, _standing(each, on), offered(POST_ACTS, each, post, on)) for each in posts],
        "tokens": [(token, offered(TOKEN_ACTS, token, post, on)) for token in tokens],
        "waiting": waiting.select_related("unit__parent", "post__unit", "asked_by"),
    }


def _standing(post: Post, on: date) -> str:
    if post.from_on > on:
        return "尚未到任"
    return "已结束" if (post.to_on and post.to_on < on) or post.unit.has_ended(on) else "现任"


PAGES = pages_of(
    Kind(
        name="person", plural="people", model=User, listing=PEOPLE, create=people.CREATE, acts=USER_ACTS,
        reads=Right.READ_HOUSE, shows=_shown, events=events_about,
    )
)  # fmt: skip


@FORM
@never_cache
@holds(Right.MANAGE_USERS)
def post_act(request: StaffRequest, pk: int, key: str) -> HttpResponse:
    """Ask what the act asks of a post; POST takes it."""
    act, post = row_of(POST_ACTS, key), get_object_or_404(Post.objects.select_related("user", "unit"), pk=pk)
    return act_page(request, act, post, back=reverse("cases:house-person", args=[post.user_id]))


@FORM
@never_cache
@holds(Right.MANAGE_USERS)
def token_act(request: StaffRequest, pk: int, key: str) -> HttpResponse:
    """Ask why a token is taken back; POST takes it back."""
    act, token = row_of(TOKEN_ACTS, key), get_object_or_404(ApiToken.objects.select_related("user"), pk=pk)
    return act_page(request, act, token, back=reverse("cases:house-person", args=[token.user_id]))
