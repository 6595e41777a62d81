"""Pages of the second factor on the way in: its code, and its setting up, by who is signed in already, too."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from binzhou_xinfang.accounts import entering
from binzhou_xinfang.accounts.models import User
from binzhou_xinfang.accounts.views import closed
from binzhou_xinfang.own_account import codes, factor
from binzhou_xinfang.own_account.forms import CodeForm, OwnSetUpForm, SetUpForm
from binzhou_xinfang.own_account.steps import CODE, SET_UP, UNTIL_KEY
from binzhou_xinfang.web.refusals import refusals_at

_FORM = require_http_methods(["GET", "HEAD", "POST"])


@_FORM
@never_cache
@sensitive_post_parameters()
def code(request: HttpRequest) -> HttpResponse:
    """Ask for the code after the right password."""
    user = entering.asked(request, CODE)
    if user is None:
        return redirect("accounts:sign-in")
    form = CodeForm(request.POST or None, user=user, address=entering.address_of(request))
    if form.is_valid():
        return entering.passed(request, user, CODE)
    if form.closed_until is not None:
        return closed(request, form.closed_until)
    return render(request, "own_account/code.html", {"form": form}, status=422 if form.is_bound else 200)


@_FORM
@never_cache
@sensitive_post_parameters()
def second_factor(request: HttpRequest) -> HttpResponse:
    """Show the key and ask for a first code; POST takes it, and the answer shows the recovery codes, once."""
    pending = entering.asked(request, SET_UP)
    user = request.user if isinstance(request.user, User) else pending
    if user is None:
        return redirect("accounts:sign-in")
    key = factor.key_to_set_up(user)
    if not key:
        return redirect("accounts:own")
    kind = SetUpForm if pending else OwnSetUpForm
    form = kind(request.POST or None, user=user, address=entering.address_of(request))
    if form.is_valid():
        with refusals_at(form):
            made = factor.confirm(user, form.cleaned_data["code"], at=timezone.now())
            return _set_up(request, user, made, is_pending=pending is not None)
    context = {
        "form": form, "key": " ".join(key[at : at + 4] for at in range(0, len(key), 4)), "is_pending": pending,
        "square": codes.square(codes.address_for_a_phone(key, user.username)),
    }  # fmt: skip
    return render(request, "own_account/set_up.html", context, status=422 if form.is_bound else 200)


def _set_up(request: HttpRequest, user: User, made: list[str], *, is_pending: bool) -> HttpResponse:
    then = resolve_url("accounts:own")
    if is_pending:
        # The first code was a code, too.
        then = entering.passed(request, user, SET_UP, CODE).headers["Location"]
    request.session.pop(UNTIL_KEY, None)
    return show_codes(request, made, then=then)


def show_codes(request: HttpRequest, made: list[str], *, then: str) -> HttpResponse:
    """Show recovery codes in the answer itself: they are kept nowhere."""
    return render(request, "own_account/codes.html", {"codes": made, "then": then})
