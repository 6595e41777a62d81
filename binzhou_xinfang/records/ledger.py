"""Ledger of the house: each change of units, people, posts, powers, lists, calendar, settings and templates, with
before and after, in one chain that the auditor reads."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post, User
from binzhou_xinfang.errors import Stale
from binzhou_xinfang.records import events
from binzhou_xinfang.records.event_fields import KEPT, EventField, day
from binzhou_xinfang.records.event_kinds import Fields
from binzhou_xinfang.records.models import HOUSE_EVENTS, HouseEvent, Ledger
from binzhou_xinfang.typed import shortened

NAME = "house"


class Changed(NamedTuple):
    """A value that was changed; "" where there was none, or is none any longer."""

    label: str
    before: str
    after: str


def _told(changes: Sequence[Sequence[str]], on: date) -> str:
    return "；".join(f"{label}：{before or '（空）'} → {after or '（空）'}" for label, before, after in changes)


# All kinds have the same fields: whoever reads one knows how to read the others.
FIELDS: Fields = {
    "of": KEPT,
    "people": KEPT,
    "label": EventField(""),
    "changes": EventField("", _told),
    "effective_on": EventField("生效日期：", day),
    "reason": EventField("理由："),
}


def declare(name: str, label: str) -> str:
    """Add a kind of event, beside the act that writes it; returns its name."""
    return HOUSE_EVENTS.declare(name, label, FIELDS)


SETTING_CHANGED = declare("setting-changed", "设定期限与参数")
CALENDAR_ENTERED = declare("calendar-entered", "录入工作日历")
CALENDAR_REMOVED = declare("calendar-removed", "删除工作日历")
CALENDAR_WHOLE = declare("calendar-whole", "确认工作日历录入完整")
CLOCKS_RECKONED = declare("clocks-reckoned", "重算期限")
TEMPLATE_PUT = declare("template-put", "启用自备模板")
TEMPLATE_WITHDRAWN = declare("template-withdrawn", "停用自备模板")
# Written by commands of the server alone, and read by pages, which never load those.
UNITS_LOADED = declare("units-loaded", "命令载入机构")
TOPICS_LOADED = declare("topics-loaded", "命令载入内容分类")
ROUTES_LOADED = declare("routes-loaded", "命令载入法定途径")
DESK_MADE = declare("import-desk-made", "命令设立导入岗位")
TOKEN_MADE = declare("token-made", "命令签发接口令牌")
ACCOUNT_OPENED = declare("account-opened", "命令开通账号")
FACTOR_RESET = declare("factor-reset", "命令重置动态口令")
APPOINTED = declare("keeper-appointed", "命令任命管理员")


def lock() -> Ledger:
    """Lock the book in the caller's transaction: of two changes at once the second waits for the first."""
    Ledger.objects.bulk_create([Ledger(name=NAME)], ignore_conflicts=True)
    return Ledger.objects.select_for_update().get(name=NAME)


def note(
    kind: str,
    *,
    by: Post | None,
    at: datetime,
    of: str,
    label: str,
    changes: Iterable[Changed] = (),
    people: Iterable[User] = (),
    reason: str = "",
    effective_on: date | None = None,
) -> HouseEvent:
    """Write one event in the caller's transaction; `by` None: by the system or a command of the server."""
    detail: dict[str, Any] = {
        "of": of, "label": label, "people": sorted({user.pk for user in people}),
        "changes": [list(one) for one in changes if one.before != one.after], "reason": reason,
    }  # fmt: skip
    if effective_on is not None:
        detail["effective_on"] = effective_on
    with transaction.atomic():
        return events.append(HouseEvent, lock(), kind=kind, by=by, happened_at=at, detail=detail)


def events_of(*things: str) -> QuerySet[HouseEvent]:
    """Select the events of things, the last first; a name that ends with a colon stands for all of its kind."""
    named = Q(pk__in=[])
    for thing in things:
        named |= Q(detail__of__startswith=thing) if thing.endswith(":") else Q(detail__of=thing)
    return HouseEvent.objects.filter(named).order_by("-seq")


def version_of(*things: str) -> int:
    """Read the number of the last event of things, by which a form knows that nobody was quicker; 0 without any."""
    return events_of(*things).values_list("seq", flat=True).first() or 0


def versions_of(*things: str) -> dict[str, int]:
    """Map each of the things that was ever changed to its version; a name that ends with a colon stands for a kind."""
    rows = events_of(*things).order_by().values_list("detail__of").annotate(last=Max("seq"))
    return dict(rows)


def refuse_stale(*things: str, seen: int | None) -> None:
    """Raise Stale, with who has changed what, when the things were changed after the event `seen` that a form was made
    from (0: none; None: the word of a command of the server, which has seen no form). The caller holds the lock.
    """
    last = None if seen is None else events_of(*things).first()
    if seen is None or seen == (last.seq if last else 0):
        return
    if last is None or seen < 0:
        raise Stale("本次提交没有带上打开页面时的版本，没有保存，请刷新页面核对后再办理。")
    kind = HOUSE_EVENTS.get(last.kind)
    told = _told(last.detail.get("changes", ()), timezone.localdate(last.happened_at))
    what = shortened(f"{last.detail.get('label', '')}（{told}）" if told else str(last.detail.get("label", "")), 200)
    when = timezone.localtime(last.happened_at)
    raise Stale(
        f"打开本页以后，{last.actor_name or '系统'}于{when:%m月%d日%H:%M}已{kind.label if kind else '改动'}：{what}。"
        "本次没有保存，请刷新页面核对后再办理。"
    )
