"""Pages for signing in, the password and the post in use."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, PasswordChangeView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from binzhou_xinfang.accounts import entering, locks, passwords
from binzhou_xinfang.accounts.forms import ChangePasswordForm, NewPasswordForm, SignInForm
from binzhou_xinfang.accounts.middleware import POST_KEY, PostRequest
from binzhou_xinfang.accounts.models import User
from binzhou_xinfang.errors import NotPermitted

FIRST_PAGE = "accounts:first-password"


def safe_next(request: HttpRequest) -> str:
    """Read the address in `next` if it leads into this house, else take the front page."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        return wanted
    return resolve_url(settings.LOGIN_REDIRECT_URL)


def asks_for_a_password(user: User, at: datetime) -> str:
    """Ask for another password where somebody else has set the present one, or it is too old, as one of
    `entering.ASKS`."""
    return FIRST_PAGE if user.must_change_password or passwords.is_too_old(user, at=at) else ""


def closed(request: HttpRequest, until: datetime) -> HttpResponse:
    """Say until when nobody is let in here."""
    return render(request, "accounts/locked.html", {"wait": locks.wait_words(until, at=timezone.now())}, status=429)


class SignInView(LoginView):
    """Sign-in by name and password; too many failures close the door for a while (`locks`)."""

    template_name = "accounts/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say that a session has ended, and what became of what was typed: draft.js keeps it in the window."""
        has_ended = settings.SESSION_COOKIE_NAME in self.request.COOKIES and "next" in self.request.GET
        told = {"has_ended": has_ended, "is_unsent": "unsent" in self.request.GET}
        return super().get_context_data(**kwargs) | told

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        """Show the form again, or, when the door is closed, until when."""
        until = form.closed_until if isinstance(form, SignInForm) else None
        return super().form_invalid(form) if until is None else closed(self.request, until)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        user = form.get_user()
        return entering.begin(self.request, user, backend=user.backend, then=self.get_success_url())


@never_cache
@sensitive_post_parameters()
def first_password(request: HttpRequest) -> HttpResponse:
    """Change a password that somebody else has set, or that is too old; only then is the person signed in."""
    user = entering.asked(request, FIRST_PAGE)
    if user is None:
        return redirect("accounts:sign-in")
    form = NewPasswordForm(user, request.POST or None)
    if form.is_valid():
        return entering.passed(request, form.save(), FIRST_PAGE)
    return render(
        request,
        "accounts/password.html",
        {"form": form, "is_first": user.must_change_password, "is_old": not user.must_change_password},
    )


class PasswordView(PasswordChangeView):
    """Page that changes one's own password; other sessions of the account end."""

    template_name = "accounts/password.html"
    form_class = ChangePasswordForm

    def get_form(self, form_class: Any = None) -> Any:
        form: Any = super().get_form(form_class)
        form.address = entering.address_of(self.request)
        return form

    def get_success_url(self) -> str:
        messages.success(self.request, "密码已修改，其他设备上的登录已退出。")
        return resolve_url(settings.LOGIN_REDIRECT_URL)


@require_POST
@login_required
def use_post(request: PostRequest) -> HttpResponse:
    """Go on in another post of one's own (POST `post`: id, `next`: where to go)."""
    chosen = next((post for post in request.posts if str(post.pk) == request.POST.get("post")), None)
    if chosen is None:
        raise NotPermitted("您没有担任这个岗位，或者任期已经结束。请从右上角的岗位列表中选择。")
    request.session[POST_KEY] = chosen.pk
    return redirect(safe_next(request))
