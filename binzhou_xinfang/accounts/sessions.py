"""Lifetime of a session: SESSION_IDLE_SECONDS after the last click, SESSION_COOKIE_AGE after the sign-in at most.

The session store itself forgets what is too old, so nothing has to be checked when a request comes in.
"""

from datetime import datetime

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

SIGNED_IN_KEY = "accounts.signed_in_at"
SEEN_KEY = "accounts.seen_at"
# A click is noted at most once a minute: a write for every read would cost more than the read.
NOTE_EVERY_SECONDS = 60


def begin(session: SessionBase, *, at: datetime) -> None:
    """Start the two clocks of a session that has just been signed in."""
    session[SIGNED_IN_KEY] = session[SEEN_KEY] = int(at.timestamp())
    session.set_expiry(settings.SESSION_IDLE_SECONDS)


def prolong(session: SessionBase, *, at: datetime) -> None:
    """Give a session in use another idle period, but not beyond the day's limit."""
    signed_in, now = session.get(SIGNED_IN_KEY), int(at.timestamp())
    if signed_in is None or now - session[SEEN_KEY] < NOTE_EVERY_SECONDS:
        return
    session[SEEN_KEY] = now
    session.set_expiry(max(1, min(settings.SESSION_IDLE_SECONDS, signed_in + settings.SESSION_COOKIE_AGE - now)))
