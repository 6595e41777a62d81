"""One registration for one form, however often it is sent: by a double click, a second window, a browser's retry."""

import hmac
import secrets
from collections.abc import Callable
from dataclasses import replace

from django.conf import settings
from django.db import transaction

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.records.crypto import digest
from binzhou_xinfang.turns import wait_for
from cases.models import Petition
from cases.window.numbers import query_code
from cases.window.registration import Arrival


class AlreadyRegistered(Refusal):
    """The form was registered before, but with other content: to send it again would register a second matter."""


def new_token() -> str:
    """Make a mark for a fresh form."""
    return secrets.token_urlsafe(18)


def register_once(arrival: Arrival, token: str, save: Callable[[Arrival], Petition], *, by: Post) -> Petition:
    """Save the arrival by `save`, or find what was made of it before under the same `token` of the same user.

    The query code is made of the token; of two requests at the same moment the second waits for the first and finds
    what it has registered. Raises AlreadyRegistered when the earlier arrival said something else.
    """
    code = _code(token, by)
    with transaction.atomic():
        wait_for(f"registration:{code}")
        known = _registered(code)
        if known is None:
            return save(replace(arrival, code=code))
    if not _is_same(known, arrival):
        raise AlreadyRegistered(f"本页刚才已登记为{known.number}。如果要另外登记一件，请核对内容后再次保存。")
    return known


def _code(token: str, by: Post) -> str:
    secret = hmac.digest(settings.DIGEST_KEY.encode(), f"registration:{by.user_id}:{token}".encode(), "sha256")
    return query_code(int.from_bytes(secret))


def _registered(code: str) -> Petition | None:
    return Petition.objects.select_related("lead").filter(query_digest=digest(code, kind="query_code")).first()


def _is_same(petition: Petition, arrival: Arrival) -> bool:
    lead, now = petition.lead, arrival.lead
    values = (petition.content, lead.name, lead.id_number, lead.phone)
    return values == (arrival.content, now.name, now.id_number, now.phone)
