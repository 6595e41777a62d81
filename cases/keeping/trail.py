"""The auditor's one search: who saw this matter, what did this person do; looks, acts on matters, and changes of
the house, in one line of time. 检举控告 are never told: their numbers are covered, and not found by them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from heapq import merge
from itertools import islice
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from binzhou_xinfang import typed
from binzhou_xinfang.accounts.models import Unit, User
from binzhou_xinfang.records.acts import AccessAct
from binzhou_xinfang.records.event_fields import sentences
from binzhou_xinfang.records.models import HOUSE_EVENTS, AccessLog, HouseEvent
from cases.models import CaseEvent, Petition, PetitionCase
from cases.states import EVENTS

# Whatever may be the number of a matter, however the office has its numbers written (Key.CASE_NUMBER).
_NUMBER = re.compile(r"[0-9A-Z][0-9A-Z-]{5,}")
# The tail of a number that is worth looking for: 000382, 2026-382.
_TAIL = re.compile(r"[0-9A-Z-]*[0-9]{3,}")
COVERED = "（保密件）"
_SYSTEM = "系统"
MOST_UNITS = 50
# What has a column of its own.
_APART = frozenset({"label", "reason"})
_LOOKS_AT_SEALED = (AccessAct.OPEN_SEALED, AccessAct.LIST_SEALED)
# What somebody typed himself tells nothing of what there is, and stands as typed: covered, it would say that there is
# a report under the number.
_TYPED_SUBJECT = frozenset({AccessAct.NOT_FOUND, AccessAct.SIGN_IN, AccessAct.SIGN_IN_REFUSED})
_TYPED_REASON = frozenset({AccessAct.READ_AUDIT})


class Kind(StrEnum):
    """The three books of the trail."""

    LOOK = "look"
    MATTER = "matter"
    HOUSE = "house"


@dataclass(frozen=True)
class Asked:
    """A search. `person` and `matter`: what the words were read as; `act`: a kind of look alone; both ends of the days
    are included."""

    people: tuple[int, ...] = ()
    numbers: tuple[str, ...] = ()
    cases: tuple[int, ...] = ()
    words: str = ""
    kind: str = ""
    act: str = ""
    first: date | None = None
    last: date | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class TrailLine:
    """One line: when, who, by which post, what, of what, why, from where."""

    at: datetime
    kind: Kind
    who: str
    post: str
    act: str
    subject: str
    reason: str = ""
    ip: str = ""
    username: str = field(default="")


def read(words: str, **rest: Any) -> Asked:
    """Read what was typed: the number of a matter or its tail, a person's name or user name, else words of the ledger.

    A sealed matter's number is read as one that nobody has.
    """
    words = words.strip()
    if not words:
        return Asked(**rest)
    people = tuple(User.objects.filter(Q(username__iexact=words) | Q(name=words)).values_list("pk", flat=True))
    if people:
        return Asked(people=people, **rest)
    number = typed.key(words).upper()
    if _TAIL.fullmatch(number):
        return _of_matter(number, rest)
    return Asked(words=words, **rest)


def _of_matter(number: str, rest: dict[str, Any]) -> Asked:
    ordinary = PetitionCase.objects.filter(is_sealed=False)
    petitions = Petition.objects.filter(number__endswith=number)
    mine = Q(number__endswith=number) | Q(pk__in=petitions.values("case"))
    cases = list(ordinary.filter(mine).order_by("-pk")[:2])
    if len(cases) != 1:
        exact = [case for case in cases if case.number == number]
        cases = exact if exact else []
    keys = tuple(case.pk for case in cases)
    numbers = {case.number for case in cases}
    numbers |= set(Petition.objects.filter(case__in=keys).values_list("number", flat=True))
    return Asked(cases=keys, numbers=tuple(sorted(numbers)) or (f"{number} ",), **rest)


def trail(asked: Asked, *, size: int) -> tuple[list[TrailLine], datetime | None]:
    """Read the lines of a search, the newest first, and the moment before which the next page begins (None: no
    more)."""
    books: list[Iterator[TrailLine]] = []
    if asked.kind in ("", Kind.LOOK):
        books.append(_looks(asked, size + 1))
    if asked.kind in ("", Kind.MATTER) and not asked.act:
        books.append(_matters(asked, size + 1))
    if asked.kind in ("", Kind.HOUSE) and not asked.act:
        books.append(_house(asked, size + 1))
    lines = list(islice(merge(*books, key=lambda line: line.at, reverse=True), size + 1))
    return lines[:size], (lines[size - 1].at if len(lines) > size else None)


def _between(rows: QuerySet[Any], column: str, asked: Asked) -> QuerySet[Any]:
    zone = timezone.get_current_timezone()
    if asked.first:
        rows = rows.filter(**{f"{column}__gte": datetime.combine(asked.first, time.min, zone)})
    if asked.last:
        rows = rows.filter(**{f"{column}__lte": datetime.combine(asked.last, time.max, zone)})
    if asked.until:
        rows = rows.filter(**{f"{column}__lt": asked.until})
    return rows


def _looks(asked: Asked, most: int) -> Iterator[TrailLine]:
    rows = _between(AccessLog.objects.select_related("user", "unit"), "at", asked)
    if asked.act:
        rows = rows.filter(act=asked.act)
    if asked.people:
        names = list(User.objects.filter(pk__in=asked.people).values_list("username", flat=True))
        # Who was refused at the door is nobody yet: the name that was typed stands as the subject.
        rows = rows.filter(Q(user__in=asked.people) | Q(user=None, subject__in=names))
    if asked.numbers:
        named = Q()
        for number in asked.numbers:
            named |= Q(subject__contains=number)
            # Who sought it in vain is answered alike for a report and for a number that nobody has.
            named |= Q(act=AccessAct.NOT_FOUND, subject=number.strip())
        # Whoever looks for a number does not learn by it what stands in the list of a sealed report.
        rows = rows.filter(named).exclude(act__in=_LOOKS_AT_SEALED)
    if asked.words:
        rows = rows.filter(Q(post_label__contains=asked.words) | Q(subject__contains=asked.words))
        # Nor by a word that stands beside a number: a covered line would say that the word was there.
        rows = rows.exclude(act__in=_LOOKS_AT_SEALED).filter(Q(act__in=_TYPED_SUBJECT) | ~_names_a_report())
    entries = list(rows.order_by("-at", "-pk")[:most])
    return iter(_look(entry, *told) for entry, *told in _covered_looks(entries))


def _names_a_report() -> Q:
    """Build the condition that the subject of a look holds the number of a sealed report, or of an arrival of one."""
    said = Cast(OuterRef("subject"), TextField())
    reports = PetitionCase.objects.filter(is_sealed=True).alias(said=said)
    arrivals = Petition.objects.filter(case__is_sealed=True).alias(said=said)
    return Q(Exists(reports.filter(said__contains=F("number")))) | Q(
        Exists(arrivals.filter(said__contains=F("number")))
    )


def _covered_looks(entries: list[AccessLog]) -> list[tuple[AccessLog, str, str]]:
    return [(line.entry, line.subject, line.reason) for line in covered(entries)]


def _look(entry: AccessLog, subject: str, reason: str) -> TrailLine:
    user = entry.user
    return TrailLine(
        at=entry.at, kind=Kind.LOOK, who=user.name if user else "—", post=entry.post_label,
        act=str(entry.get_act_display()), subject=subject, reason=reason, ip=entry.ip or "",
        username=user.username if user else "",
    )  # fmt: skip


def _matters(asked: Asked, most: int) -> Iterator[TrailLine]:
    """Read who did what to which matter; never what it holds."""
    if not (asked.people or asked.cases):
        return iter(())
    rows = _between(CaseEvent.objects.select_related("case", "unit", "actor"), "happened_at", asked)
    rows = rows.filter(actor__in=asked.people) if asked.people else rows.filter(case__in=asked.cases)
    return iter(_act(event) for event in rows.order_by("-happened_at", "-pk")[:most])


def _act(event: CaseEvent) -> TrailLine:
    kind = EVENTS.get(event.kind)
    day, sealed = timezone.localdate(event.happened_at), event.case.is_sealed
    return TrailLine(
        at=event.happened_at, kind=Kind.MATTER, who=event.actor_name or _SYSTEM,
        post=event.unit.name_on(day) if event.unit else "", act="办理" if sealed or kind is None else kind.label,
        subject=COVERED if sealed else event.case.number, username=event.actor.username if event.actor else "",
    )  # fmt: skip


def _house(asked: Asked, most: int) -> Iterator[TrailLine]:
    """Read what was changed of the house: by a person and about him, or about what bears the words."""
    if asked.cases or asked.numbers:
        return iter(())
    rows = _between(HouseEvent.objects.select_related("unit", "actor"), "happened_at", asked)
    if asked.people:
        mine = Q(actor__in=asked.people)
        for pk in asked.people:
            mine |= Q(detail__people__contains=[pk])
        rows = rows.filter(mine)
    if asked.words:
        named = Unit.objects.filter(words__contains=typed.key(asked.words)).values_list("pk", flat=True)
        of_units = Q(detail__of__in=[f"unit:{pk}" for pk in named[:MOST_UNITS]])
        rows = rows.filter(Q(detail__label__contains=asked.words) | of_units)
    return iter(_kept(event) for event in rows.order_by("-happened_at", "-seq")[:most])


def _kept(event: HouseEvent) -> TrailLine:
    kind, day = HOUSE_EVENTS.get(event.kind), timezone.localdate(event.happened_at)
    fields = {name: one for name, one in kind.fields.items() if name not in _APART} if kind else {}
    words = "；".join(sentences(fields, event.detail, on=timezone.localdate()))
    return TrailLine(
        at=event.happened_at, kind=Kind.HOUSE, who=event.actor_name or _SYSTEM,
        post=event.unit.name_on(day) if event.unit else "", act=kind.label if kind else event.kind,
        subject="：".join(part for part in (event.detail.get("label", ""), words) if part),
        reason=event.detail.get("reason", ""), username=event.actor.username if event.actor else "",
    )  # fmt: skip


@dataclass(frozen=True)
class AuditLine:
    """One look as it may be shown."""

    entry: AccessLog
    subject: str
    reason: str


def covered(entries: Iterable[AccessLog]) -> list[AuditLine]:
    """Cover the numbers of sealed reports (条例第三十条第三款): the reader is told, the matter is not."""
    entries = list(entries)
    named = {number for entry in entries for text in (entry.subject, entry.reason) for number in _NUMBER.findall(text)}
    sealed = set(PetitionCase.objects.filter(number__in=named, is_sealed=True).values_list("number", flat=True))
    sealed |= set(Petition.objects.filter(number__in=named, case__is_sealed=True).values_list("number", flat=True))

    def cover(text: str) -> str:
        return COVERED if sealed & set(_NUMBER.findall(text)) else text

    return [
        AuditLine(
            entry,
            entry.subject if entry.act in _TYPED_SUBJECT else cover(entry.subject),
            entry.reason if entry.act in _TYPED_REASON else cover(entry.reason),
        )
        for entry in entries
    ]
