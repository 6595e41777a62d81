"""The way in after the right password: what is still asked, a page each, until the person is signed in.

Nobody is half signed in: until the last page has its answer the session names the person as pending and opens nothing.
"""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from binzhou_xinfang.accounts import locks, sessions
from binzhou_xinfang.accounts.models import Purpose, User
from binzhou_xinfang.hooks import Hook

logger = logging.getLogger(__name__)

PENDING_KEY = "accounts.pending"
# So long a right password waits for what is still asked.
PATIENCE = timedelta(minutes=15)
# The page that still asks something of the person, by its name; "" when it asks nothing. They are asked in order.
ASKS: Hook[[User, datetime], str] = Hook("accounts.ASKS")
# What is done for somebody who has just been signed in.
ENTERED: Hook[[HttpRequest, User, datetime], None] = Hook("accounts.ENTERED")


def address_of(request: HttpRequest) -> str:
    """Read the address that the request came from."""
    return str(request.META.get("REMOTE_ADDR", ""))


def begin(request: HttpRequest, user: User, *, backend: str, then: str) -> HttpResponse:
    """Take the right password for given: lead on to what is still asked, or sign in and lead to `then`."""
    at = timezone.now()
    request.session.cycle_key()
    pending = {"user": user.pk, "backend": backend, "hash": user.get_session_auth_hash(), "passed": []}
    request.session[PENDING_KEY] = pending | {"next": then, "at": int(at.timestamp())}
    return _go_on(request, user, at)


def pending_user(request: HttpRequest) -> User | None:
    """Find who has given the right password, not long ago, and is not signed in yet."""
    pending: dict[str, Any] = request.session.get(PENDING_KEY) or {}
    if timezone.now().timestamp() - pending.get("at", 0) > PATIENCE.total_seconds():
        return None
    user = User.objects.filter(pk=pending["user"], is_active=True).first()
    return user if user is not None and user.get_session_auth_hash() == pending["hash"] else None


def asked(request: HttpRequest, page: str) -> User | None:
    """Find whom this page asks: the pending person of whom it is the next; None for everybody else."""
    user = pending_user(request)
    return user if user is not None and _next_page(request, user, timezone.now()) == page else None


def passed(request: HttpRequest, user: User, *pages: str) -> HttpResponse:
    """Take the answer of the page for given, and of those that it answers as well, and lead on."""
    pending = request.session[PENDING_KEY]
    done = {"passed": [*pending["passed"], *pages], "hash": user.get_session_auth_hash()}
    request.session[PENDING_KEY] = pending | done
    return _go_on(request, user, timezone.now())


def _next_page(request: HttpRequest, user: User, at: datetime) -> str:
    done = request.session[PENDING_KEY]["passed"]
    return next((page for page in ASKS(user, at) if page and page not in done), "")


def _go_on(request: HttpRequest, user: User, at: datetime) -> HttpResponse:
    if page := _next_page(request, user, at):
        return redirect(page)
    pending = request.session.pop(PENDING_KEY)
    login(request, user, backend=pending["backend"])
    # Not before: who knows a password would else try codes without end.
    locks.let_in(Purpose.SIGN_IN, name=user.username, address=address_of(request))
    sessions.begin(request.session, at=at)
    ENTERED(request, user, at)
    logger.info("signed in: user %s", user.pk)
    return redirect(pending["next"])
