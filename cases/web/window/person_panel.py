"""Panel beside the form: what the ID number says, and the person's earlier matters."""

from datetime import date

from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.records import access
from binzhou_xinfang.records.acts import AccessAct
from binzhou_xinfang.records.crypto import digest
from binzhou_xinfang.web.doors import staff
from cases.vocabulary import IdKind
from cases.web.window.register_page import require_right
from cases.window.earlier_matters import TypedMatter, earlier_matters
from cases.window.identity import Identity, read_id_number, read_phone

# The same look-up while somebody goes on typing is one line in the log, not twenty.
_LOGGED_FOR_SECONDS = 3600


@require_POST
@sensitive_post_parameters()
@staff
def person(request: StaffRequest) -> HttpResponse:
    """Tell what the ID says, and the person's earlier matters, while the form is being filled in (htmx)."""
    require_right(request.post)
    typed, today = request.POST, timezone.localdate()
    id_number, identity, fault = _read_id(typed.get("id_kind", ""), typed.get("id_number", ""), today)
    phone = _read_phone(typed.get("phone", ""))
    matter = TypedMatter(typed.get("content", ""), typed.get("topic", ""), typed.get("region", ""))
    matters = earlier_matters(request.post, id_number=id_number, phone=phone, typed=matter, on=today)
    if id_number or phone:
        _log_once(request.post, id_number=id_number, phone=phone, matters=len(matters))
    context = {
        "matters": matters,
        "asked": bool(id_number or phone),
        "identity": identity,
        "age": identity.age(today) if identity else None,
        "fault": fault,
        "may_join": "case" not in typed,
    }
    return render(request, "cases/window/_person_answer.html", context)


def _read_id(kind: str, text: str, on: date) -> tuple[str, Identity | None, str]:
    """Read the number once it is whole, what it says, and its fault or how many characters are still to come."""
    length = len("".join(text.split()))
    if kind == IdKind.RESIDENT and 0 < length < 18 and length != 15:
        return "", None, f"已输入 {length} 位，居民身份证号码为 18 位"
    if kind != IdKind.RESIDENT and length < 6:
        return "", None, ""
    try:
        return *read_id_number(kind, text, on=on), ""
    except Refusal as refusal:
        return "", None, str(refusal)


def _read_phone(text: str) -> str:
    """Read the number once it is long enough to belong to somebody."""
    try:
        phone = read_phone(text)
    except Refusal:
        return ""
    return phone if len(phone) >= 10 else ""


def _log_once(post: Post, *, id_number: str, phone: str, matters: int) -> None:
    who = digest(id_number, kind="id_number") + digest(phone, kind="phone")
    if cache.add(f"looked-up:{post.pk}:{who.hex()}", 1, _LOGGED_FOR_SECONDS):
        by = "、".join(word for word, given in (("证件号码", id_number), ("电话", phone)) if given)
        access.log(post, AccessAct.FIND_PERSON, f"窗口登记：{by}，找到 {matters} 件")
