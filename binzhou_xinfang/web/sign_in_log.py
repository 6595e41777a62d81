"""登录日志: every sign-in, refused sign-in and sign-out leaves a line in the log of look-ups."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from binzhou_xinfang.accounts import entering
from binzhou_xinfang.accounts.models import User
from binzhou_xinfang.records import access
from binzhou_xinfang.records.acts import AccessAct

DOORS = "/accounts/"
# The password, then whatever is still asked on the way in.
SIGN_INS = frozenset(
    {"accounts:sign-in", "accounts:code", "accounts:first-password", "accounts:second-factor", "accounts:activate"}
)
SIGN_OUTS = frozenset({"accounts:sign-out"})


class SignInLogMiddleware:
    """Middleware outside the doors, so that accounts, which stand below the records, need not know of the log."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "POST" or not request.path.startswith(DOORS):
            return self.get_response(request)
        before, asked = _person(request), entering.pending_user(request)
        response = self.get_response(request)
        door = request.resolver_match.view_name if request.resolver_match else ""
        if door in SIGN_OUTS and before is not None:
            _note(request, AccessAct.SIGN_OUT, before)
        elif door in SIGN_INS and before is None:
            _note_sign_in(request, response, asked)
        return response


def _note_sign_in(request: HttpRequest, response: HttpResponse, asked: User | None) -> None:
    """Note who came in, or who was refused; who is led on to the next page is neither yet."""
    person = _person(request)
    if person is not None:
        _note(request, AccessAct.SIGN_IN, person)
    elif response.status_code != 302:
        # The name typed is kept: an attack on one account must be seen. The password never is.
        typed = str(request.POST.get("username", "")).replace("\x00", "")[:150]
        _note(request, AccessAct.SIGN_IN_REFUSED, None, named=asked.username if asked else typed)


def _person(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


def _note(request: HttpRequest, act: AccessAct, person: User | None, *, named: str = "") -> None:
    named = person.username if person else named
    access.log(None, act, named, user=person, ip=request.META.get("REMOTE_ADDR"))
