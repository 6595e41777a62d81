"""日程订阅 (.ics): a secret address of a person's own, which shows when and where, and of no petitioner."""

import hashlib
import secrets
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

from django.db import transaction

from binzhou_xinfang.accounts.models import Post, User
from hearings.calendar.entries import Entry, of_person
from hearings.models import CalendarKey

BEFORE, AFTER = timedelta(days=31), timedelta(days=366)
_LINE = 75


def digest(secret: str) -> bytes:
    """Compute what is kept of a secret address: it has 256 bits, so that nobody finds it again by trying."""
    return hashlib.sha256(secret.encode()).digest()


def key_of(user: User) -> CalendarKey | None:
    """Find the key that opens the person's entries now."""
    return CalendarKey.objects.filter(user=user, revoked_at=None).first()


@transaction.atomic
def make_key(user: User, *, at: datetime) -> str:
    """Make a new secret in place of the one before, and give it once."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    revoke(user, at=at)
    secret = secrets.token_urlsafe(32)
    CalendarKey.objects.create(user=user, digest=digest(secret), made_at=at)
    return secret


def revoke(user: User, *, at: datetime) -> None:
    """Close the address."""
    CalendarKey.objects.filter(user=user, revoked_at=None).update(revoked_at=at)


def find_user(secret: str, *, on: date) -> User | None:
    """Find whose address it is; None for one that was revoked, for somebody who has left, and for who holds no post on
    the day."""
    key = CalendarKey.objects.filter(digest=digest(secret), revoked_at=None, user__is_active=True)
    found = key.select_related("user").first()
    return found.user if found and Post.objects.held(on).filter(user=found.user_id).exists() else None


def feed(user: User, *, now: datetime) -> str:
    """Write the person's entries as iCalendar (RFC 5545)."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//滨州信访//日程//ZH", "CALSCALE:GREGORIAN"]
    for entry in of_person(user, now - BEFORE, now + AFTER):
        lines += _event(entry, now)
    return "".join(f"{part}\r\n" for line in [*lines, "END:VCALENDAR"] for part in _folded(line))


def _event(entry: Entry, now: datetime) -> Iterable[str]:
    """Write one entry: its kind, time and place. What it is about may name a petitioner, and stays in the house."""
    return (
        "BEGIN:VEVENT", f"UID:{entry.key}@binzhou-xinfang", f"DTSTAMP:{_moment(now)}",
        f"DTSTART:{_moment(entry.starts_at)}", f"DTEND:{_moment(entry.ends_at)}", f"SUMMARY:{_escaped(entry.kind)}",
        f"LOCATION:{_escaped(entry.place)}", "END:VEVENT",
    )  # fmt: skip


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Fold a line after 75 octets, never within a sign."""
    part, size, most = "", 0, _LINE
    for sign in line:
        octets = len(sign.encode())
        if size + octets > most:
            yield part
            part, size = " ", 1
        part, size = part + sign, size + octets
    yield part
