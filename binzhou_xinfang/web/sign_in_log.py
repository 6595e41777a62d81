"""登录日志: every sign-in, refused sign-in and sign-out leaves a line in the log of look-ups."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from binzhou_xinfang.accounts.models import User
from binzhou_xinfang.records import access
from binzhou_xinfang.records.acts import AccessAct

SIGN_INS = frozenset({"accounts:sign-in", "accounts:first-password"})
SIGN_OUTS = frozenset({"accounts:sign-out"})


class SignInLogMiddleware:
    """Middleware outside the doors, so that accounts, which stand below the records, need not know of the log."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "POST":
            return self.get_response(request)
        before = _person(request) if request.path.endswith("sign-out/") else None
        response = self.get_response(request)
        door = request.resolver_match.view_name if request.resolver_match else ""
        if door in SIGN_OUTS and before is not None:
            _note(request, AccessAct.SIGN_OUT, before)
        elif door in SIGN_INS:
            person = _person(request)
            _note(request, AccessAct.SIGN_IN if person else AccessAct.SIGN_IN_REFUSED, person)
        return response


def _person(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


def _note(request: HttpRequest, act: AccessAct, person: User | None) -> None:
    # The name typed is kept: an attack on one account must be seen. The password never is.
    named = person.username if person else str(request.POST.get("username", "")).replace("\x00", "")[:150]
    access.log(None, act, named, user=person, ip=request.META.get("REMOTE_ADDR"))
