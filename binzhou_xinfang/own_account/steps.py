"""Steps of the sign-in: the code is asked for, a factor that is due is set up, one to come is reminded of."""

from datetime import date, datetime

from django.http import HttpRequest
from django.utils import timezone

from binzhou_xinfang.accounts.models import User
from binzhou_xinfang.own_account import factor

CODE, SET_UP = "accounts:code", "accounts:second-factor"
# The last day without, in the session of somebody who has to set one up.
UNTIL_KEY = "own_account.until"


def asks_for_a_code(user: User, at: datetime) -> str:
    """Ask whoever has set one up, required or not."""
    return CODE if factor.in_use(user) else ""


def asks_to_set_up(user: User, at: datetime) -> str:
    """Ask for it to be set up where the days of grace are over."""
    today = timezone.localdate(at)
    if factor.in_use(user) or not factor.is_required(user, on=today):
        return ""
    return SET_UP if today > factor.last_free_day(user, on=today) else ""


def remind(request: HttpRequest, user: User, at: datetime) -> None:
    """Begin the days of grace at the first sign-in, and have every page say until when."""
    today = timezone.localdate(at)
    if not factor.in_use(user) and factor.is_required(user, on=today):
        factor.ask(user, on=today)
        request.session[UNTIL_KEY] = factor.last_free_day(user, on=today).isoformat()


def until_of(request: HttpRequest) -> date | None:
    """Read the last day without, of somebody who is reminded."""
    said = request.session.get(UNTIL_KEY) if hasattr(request, "session") else None
    return date.fromisoformat(said) if said else None
