"""用户和岗位: the list, one person with posts, tokens and powers asked for, and the acts on them."""

from django import forms
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from binzhou_xinfang.accounts.models import ApiToken, Grant, Post, User
from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.accounts.roles import Right, Role
from binzhou_xinfang.sentences import OfficeForm
from binzhou_xinfang.web.doors import holds
from cases.house import grants, people
from cases.house.acts import Act, offered
from cases.house.tokens import ACTS as TOKEN_ACTS
from cases.web.house.act_page import act_page, row_of
from cases.web.house.history import SHOWN, events_about, told
from cases.web.house.list_page import Listing, list_page

_FORM = require_http_methods(["GET", "HEAD", "POST"])
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


@require_safe
@never_cache
@holds(Right.READ_HOUSE)
def all_people(request: StaffRequest) -> HttpResponse:
    """List the people by name."""
    return list_page(request, PEOPLE)


@require_safe
@never_cache
@holds(Right.READ_HOUSE)
def person(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one person: posts of now, before and to come, tokens, what waits for approval, and what was changed."""
    today, found = timezone.localdate(), get_object_or_404(User, pk=pk)
    posts = Post.objects.filter(user=found).select_related("unit", "user").order_by("-from_on", "-pk")
    tokens = ApiToken.objects.filter(user=found).select_related("post__unit").order_by("-pk")
    context = {
        "person": found,
        "acts": offered(USER_ACTS, found, request.post, today),
        "posts": [(post, _standing(post), offered(POST_ACTS, post, request.post, today)) for post in posts],
        "tokens": [(token, offered(TOKEN_ACTS, token, request.post, today)) for token in tokens],
        "waiting": Grant.objects.filter(user=found, decided_at=None).select_related(
            "unit__parent", "post__unit", "asked_by"
        ),
        "events": told(events_about(found)[:SHOWN], on=today),
    }
    return render(request, "cases/house/person.html", context)


def _standing(post: Post) -> str:
    today = timezone.localdate()
    if post.from_on > today:
        return "尚未到任"
    return "已结束" if (post.to_on and post.to_on < today) or post.unit.has_ended(today) else "现任"


@_FORM
@never_cache
@holds(Right.MANAGE_USERS)
def new_person(request: StaffRequest) -> HttpResponse:
    """Ask for a new account; POST makes it and asks for its first password."""
    return act_page(request, people.CREATE, User(), back=f"{reverse('cases:house-people')}{{pk}}/")


@_FORM
@never_cache
@holds(Right.MANAGE_USERS)
def person_act(request: StaffRequest, pk: int, key: str) -> HttpResponse:
    """Ask what the act asks of an account; POST takes it."""
    act: Act[User] = row_of(USER_ACTS, key)
    return act_page(request, act, get_object_or_404(User, pk=pk), back=reverse("cases:house-person", args=[pk]))


@_FORM
@never_cache
@holds(Right.MANAGE_USERS)
def post_act(request: StaffRequest, pk: int, key: str) -> HttpResponse:
    """Ask what the act asks of a post; POST takes it."""
    act, post = row_of(POST_ACTS, key), get_object_or_404(Post.objects.select_related("user", "unit"), pk=pk)
    return act_page(request, act, post, back=reverse("cases:house-person", args=[post.user_id]))


@_FORM
@never_cache
@holds(Right.MANAGE_USERS)
def token_act(request: StaffRequest, pk: int, key: str) -> HttpResponse:
    """Ask why a token is taken back; POST takes it back."""
    act, token = row_of(TOKEN_ACTS, key), get_object_or_404(ApiToken.objects.select_related("user"), pk=pk)
    return act_page(request, act, token, back=reverse("cases:house-person", args=[token.user_id]))
