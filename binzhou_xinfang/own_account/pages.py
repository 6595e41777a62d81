"""Pages of 我的账号, for whoever is signed in."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from binzhou_xinfang.accounts import views
from binzhou_xinfang.accounts.entering import address_of
from binzhou_xinfang.accounts.middleware import PostRequest
from binzhou_xinfang.accounts.models import ApiToken, User
from binzhou_xinfang.own_account import factor, tokens
from binzhou_xinfang.own_account.forms import OwnerForm, OwnPasswordForm
from binzhou_xinfang.own_account.models import Factor, RecoveryCode
from binzhou_xinfang.own_account.sign_in_pages import show_codes
from binzhou_xinfang.web.refusals import refusals_at

_FORM = require_http_methods(["GET", "HEAD", "POST"])


class PasswordView(views.PasswordView):
    """The page that changes one's own password, with the code of who has set up a second factor."""

    form_class = OwnPasswordForm


@require_safe
@never_cache
@login_required
def own(request: PostRequest) -> HttpResponse:
    """Show what the house knows of one's own account: posts, sign-in, second factor."""
    user: Any = request.user
    today = timezone.localdate()
    kept = Factor.objects.filter(user=user, confirmed_at__isnull=False).first()
    context = {
        "posts": request.posts,
        "factor": kept,
        "left": RecoveryCode.objects.filter(factor=kept, used_at=None).count() if kept else 0,
        "tokens": ApiToken.objects.filter(user=user, expires_at__gt=timezone.now()).select_related("post__unit"),
        "to_collect": tokens.to_collect(user),
        "is_required": factor.is_required(user, on=today),
    }
    return render(request, "own_account/own.html", context)


@_FORM
@never_cache
@sensitive_post_parameters()
@login_required
def recovery_codes(request: PostRequest) -> HttpResponse:
    """Ask the owner for password and code; POST replaces the recovery codes and shows them once."""
    form = _owner_form(request)
    if form.is_valid():
        with refusals_at(form):
            made = factor.renew_codes(form.user, at=timezone.now())
            return show_codes(request, made, then=_OWN)
    return _ask_owner(request, form, "重新生成恢复码", "原有的恢复码全部作废，新的只显示一次。")


@_FORM
@never_cache
@sensitive_post_parameters()
@login_required
def end_factor(request: PostRequest) -> HttpResponse:
    """Ask the owner for password and code; POST ends the second factor where no post requires it."""
    form = _owner_form(request)
    if form.is_valid():
        with refusals_at(form):
            factor.end(form.user, at=timezone.now())
            messages.success(request, "动态口令已停用，以后登录只用密码。")
            return redirect(_OWN)
    return _ask_owner(request, form, "停用动态口令", "停用后登录只用密码。岗位要求使用动态口令的，不能停用。")


@_FORM
@never_cache
@sensitive_post_parameters()
@login_required
def collect_token(request: PostRequest, pk: int) -> HttpResponse:
    """Ask the owner for password and code; POST makes the token that two hands have given, and shows it once."""
    grant = get_object_or_404(tokens.to_collect(request.user), pk=pk)
    form = _owner_form(request)
    if form.is_valid():
        with refusals_at(form):
            made = tokens.collect(grant, at=timezone.now())
            return render(request, "own_account/token.html", {"token": made, "grant": grant})
    return _ask_owner(request, form, "领取接口令牌", f"{grant.what}。令牌只显示一次，领取后由程序使用。")


_OWN = "/accounts/own/"


def _owner_form(request: HttpRequest) -> OwnerForm:
    user = request.user
    assert isinstance(user, User)  # noqa: S101  behind login_required
    return OwnerForm(request.POST or None, user=user, address=address_of(request))


def _ask_owner(request: HttpRequest, form: OwnerForm, title: str, words: str) -> HttpResponse:
    context = {"form": form, "title": title, "words": words}
    return render(request, "own_account/owner.html", context, status=422 if form.is_bound else 200)
