"""Codes of the second factor: what a phone shows (RFC 6238), and what is printed for the day when it is lost."""

import base64
import hmac
import secrets
from datetime import datetime
from urllib.parse import quote

import segno
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django_otp.oath import TOTP

from binzhou_xinfang.typed import spelled

STEP_SECONDS, DIGITS = 30, 6
# A code counts in its own 30 seconds, in those before (a phone that is fast) and in those after (a slow hand).
TOLERANCE = 1
ISSUER = "滨州信访"
HOW_MANY = 10
# Without 0 o 1 l i: typed from paper. Ten of them are about 49 bits.
_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"


def new_key() -> str:
    """Make a key of 160 bits, in base32."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def step_of(key: str, said: str, *, after: int, at: datetime) -> int | None:
    """Find the 30 seconds, later than the step `after`, whose code was said; None for a wrong or a used code."""
    digits = spelled(said)
    if len(digits) != DIGITS or not (digits.isascii() and digits.isdecimal()):
        return None
    totp = TOTP(base64.b32decode(key), STEP_SECONDS, digits=DIGITS)
    totp.time = at.timestamp()
    return totp.t() if totp.verify(int(digits), TOLERANCE, after + 1) else None


def code_at(key: str, at: datetime) -> str:
    """Compute the code that a phone shows at the moment."""
    totp = TOTP(base64.b32decode(key), STEP_SECONDS, digits=DIGITS)
    totp.time = at.timestamp()
    return f"{totp.token():0{DIGITS}d}"


def address_for_a_phone(key: str, username: str) -> str:
    """Compose what a phone reads out of the square (Key URI format)."""
    label = quote(f"{ISSUER}:{username}")
    return f"otpauth://totp/{label}?secret={key}&issuer={quote(ISSUER)}&digits={DIGITS}&period={STEP_SECONDS}"


def square(text: str) -> SafeString:
    """Draw the square as SVG, by attributes alone: our policy takes no inline styles."""
    drawn = segno.make(text, error="m").svg_inline(border=4, dark="#000", light="#fff", svgclass="qr", omitsize=True)
    return mark_safe(drawn)  # noqa: S308  drawn by segno out of our own words


def new_recovery_codes() -> list[str]:
    """Make recovery codes, written in two groups of five."""
    words = ["".join(secrets.choice(_LETTERS) for _ in range(10)) for _ in range(HOW_MANY)]
    return [f"{word[:5]}-{word[5:]}" for word in words]


def recovery_digest(user_key: int, said: str) -> str:
    """Digest a recovery code for its owner, in whatever spelling; "" for what cannot be one."""
    plain = spelled(said).replace("-", "").lower()
    if len(plain) != 10:
        return ""
    return hmac.new(settings.DIGEST_KEY.encode(), f"recovery:{user_key}:{plain}".encode(), "sha256").hexdigest()
