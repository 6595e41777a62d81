"""Panel beside the form: what the ID number says, and the person's earlier matters."""

from datetime import date
from hashlib import sha256

from django.core.cache import cache
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from binzhou_xinfang.accounts.models import Post, Unit
from binzhou_xinfang.accounts.requests import StaffRequest
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.records import access
from binzhou_xinfang.records.acts import AccessAct
from binzhou_xinfang.records.crypto import digest
from binzhou_xinfang.typed import key, spelled
from binzhou_xinfang.web.doors import staff
from cases.looks import refuse_many_look_ups
from cases.models import Petitioner
from cases.people import Known
from cases.vocabulary import IdKind
from cases.web.window.register_page import require_right
from cases.window.code_search import place_in, topics_in
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
    known = Known(id_number, _read_phone(typed.get("phone", "")), _read_name(typed.get("name", "")))
    matter = TypedMatter(typed.get("content", ""), typed.get("topic", ""), typed.get("region", ""))
    matters = earlier_matters(request.post, known, typed=matter, on=today)
    if known != Known():
        _log_once(request.post, known, matters=len(matters))
    home, scene, scene_from = _places(typed, today)
    context = {
        "home": home,
        "scene": scene,
        "scene_from": scene_from,
        "can_carry": any(_is_of(matter.who, known.id_number) for matter in matters),
        "matters": matters,
        "asked": known != Known(),
        "by_name_alone": known.is_a_name_alone,
        "identity": identity,
        "age": identity.age(today) if identity else None,
        "fault": fault,
        "may_join": "case" not in typed,
        "topics": topics_in(matter.content) if "topic" in typed and not matter.topic else [],
    }
    return render(request, "cases/window/_person_answer.html", context)


def _is_of(person: Petitioner, id_number: str) -> bool:
    """Check that the person came with this very ID, not with a phone or a name alone."""
    kept = person.id_digest
    return bool(id_number) and kept is not None and bytes(kept) == digest(id_number, kind="id_number")


def _places(typed: QueryDict, today: date) -> tuple[Unit | None, Unit | None, str]:
    """Find the place of the home, and the place where it happened with the words that told it."""
    home = place_in(typed.get("address", ""), on=today)
    told = place_in(f"{typed.get('region_detail', '')} {typed.get('content', '')}", on=today)
    return home, told or home, "按投诉内容填写" if told else "按住址填写"


def _read_id(kind: str, text: str, on: date) -> tuple[str, Identity | None, str]:
    """Read the number once it is whole, what it says, and its fault or how many characters are still to come."""
    length = len(spelled(text))
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


def _read_name(text: str) -> str:
    """Read a name once it may be whole; two signs at least."""
    return text if len(key(text)) >= 2 else ""


def _log_once(post: Post, known: Known, *, matters: int) -> None:
    numbers = digest(known.id_number, kind="id_number") + digest(known.phone, kind="phone")
    who = numbers.hex() or sha256(key(known.name).encode()).hexdigest()
    if cache.add(f"looked-up:{post.pk}:{who}", 1, _LOGGED_FOR_SECONDS):
        refuse_many_look_ups(post)
        by = "、".join(word for word, given in (("证件号码", known.id_number), ("电话", known.phone)) if given)
        access.log(post, AccessAct.FIND_PERSON, f"窗口登记：{by or '姓名'}，找到 {matters} 件")
