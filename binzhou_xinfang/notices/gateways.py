"""Gateways out of the house: a text message by the office's HTTP gateway (without one: a file), and e-mail.

Each raises `NotSentError` with the reason when the other side has not taken the message.
"""

import json
from functools import reduce
from http.client import HTTPException
from urllib.request import HTTPRedirectHandler, OpenerDirector, Request, build_opener

from django.conf import settings
from django.core.mail import EmailMessage

from binzhou_xinfang.notices.models import Channel, Message

BY_STATUS = "2xx"
_LONGEST_ANSWER = 64 * 1024
_SHOWN = 300


class NotSentError(Exception):
    """The message was not taken; it is tried again."""


class _NoRedirect(HTTPRedirectHandler):
    """A gateway that sends us elsewhere has not taken the message."""

    def redirect_request(self, *args: object, **kwargs: object) -> None:
        return None


def _opener() -> OpenerDirector:
    return build_opener(_NoRedirect)


def send(message: Message) -> None:
    """Hand the message over by its channel. Raises NotSentError."""
    if message.channel == Channel.EMAIL:
        _by_email(message)
    elif settings.SMS_GATEWAY_URL:
        _by_gateway(message)
    else:
        _into_file(message)


def _content(message: Message) -> dict[str, str]:
    return {"id": message.key, "to": message.user.phone, "text": message.text}


def _by_gateway(message: Message) -> None:
    """Post the message as JSON, with the same `id` at every try, by which a repetition is known. A 2xx whose answer
    says what the office has set (`SMS_GATEWAY_TAKEN`) means taken."""
    headers = {"Content-Type": "application/json; charset=utf-8", "Idempotency-Key": message.key}
    if settings.SMS_GATEWAY_TOKEN:
        headers["Authorization"] = f"Bearer {settings.SMS_GATEWAY_TOKEN}"
    body = json.dumps(_content(message), ensure_ascii=False).encode()
    request = Request(settings.SMS_GATEWAY_URL, data=body, headers=headers, method="POST")  # noqa: S310  set by the office
    try:
        with _opener().open(request, timeout=settings.SMS_GATEWAY_SECONDS) as answer:
            said = answer.read(_LONGEST_ANSWER)
    except (OSError, HTTPException, ValueError) as fault:  # also an answer that is none
        raise NotSentError(f"短信网关没有接收：{fault}") from fault
    if not _is_taken(said):
        raise NotSentError(f"短信网关没有接收：{said[:_SHOWN].decode(errors='replace')}")


def _is_taken(said: bytes) -> bool:
    """Compare the answer with the field and value of the setting, `data.code=0`; `2xx`: the status alone tells."""
    path, _, wanted = settings.SMS_GATEWAY_TAKEN.partition("=")
    if path == BY_STATUS:
        return True
    try:
        value = reduce(lambda part, name: part[name], path.split("."), json.loads(said))
    except (ValueError, KeyError, TypeError, IndexError):
        return False
    return bool((str(value).lower() if isinstance(value, bool) else str(value)) == wanted)


def _into_file(message: Message) -> None:
    """Write the text to `var/outbox/` where there is no gateway, one file a message: written twice it is the same
    file."""
    folder = settings.VAR_DIR / "outbox"
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(_content(message), ensure_ascii=False, indent=1)
    (folder / f"{message.key}.json").write_text(f"{text}\n", encoding="utf-8")


def _by_email(message: Message) -> None:
    headers = {"Message-ID": f"<{message.key}@{settings.EMAIL_DOMAIN}>"}
    mail = EmailMessage(message.title, message.text, to=[message.user.email], headers=headers)
    try:
        mail.send()
    except (OSError, ValueError) as fault:  # also an address or a title that cannot be written
        raise NotSentError(f"邮件服务器没有接收：{fault}") from fault
