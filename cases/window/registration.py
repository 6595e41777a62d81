"""登记: one arrival becomes a 信访件 and opens its 信访事项, or joins one (条例第十九条、第二十一条、第二十二条)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import NotPermitted, Refusal
from binzhou_xinfang.records.crypto import digest
from binzhou_xinfang.records.event_fields import KEPT, EventField, chosen, day, lines
from binzhou_xinfang.statute.models import current_rulebook
from binzhou_xinfang.statute.parameters import Key
from binzhou_xinfang.statute.periods import Rule
from binzhou_xinfang.statute.reckoning import FIRST_YEAR
from binzhou_xinfang.turns import wait_for
from cases.attaching import keep_all
from cases.engine import Effect, entry, lock, note, settle
from cases.hooks import AFTER_MOVE
from cases.models import CaseRequest, Companion, Petition, PetitionCase, Petitioner
from cases.outcome import told_units
from cases.queries import visible_to
from cases.states import CLERKS, MAY, OPEN, OWN, Duty, Group, Move, OfMatter, Place, State, Transition, target_of
from cases.vocabulary import Channel, PartyRole, Purpose
from cases.window.numbers import query_code, take_number
from cases.window.own_office import go_on_leaving, must_leave, organ_for

_CHANNEL = EventField("信访形式：", chosen(Channel))
_CONFIRMED = EventField("登记时提示核对、经确认无误：", lines)

entry(
    Move.REGISTER,
    Transition(frozenset(), State.REGISTERED, "第二十二条", starts=(Rule.TRIAGE,)),
    Duty(CLERKS, OWN),
    Place(Group.INTAKE),
    {
        "follows": OfMatter("接续原事项"),
        "channel": _CHANNEL,
        "arrived_on": EventField("信访日期：", day),
        "number": KEPT,
        "confirmed": _CONFIRMED,
    },
)
entry(
    Move.REPEAT,
    Transition(OPEN, None, "第十九条"),
    Duty(CLERKS, OWN),
    Place(Group.INTAKE, beside=True),
    {
        "petition": OfMatter("信访件："),
        "channel": _CHANNEL,
        "unit": EventField("登记机构："),
        "confirmed": _CONFIRMED,
        "units": KEPT,
    },
)


@dataclass(frozen=True)
class Party:
    """A person at this arrival beside the lead, with the part played."""

    person: Petitioner
    role: PartyRole
    relation: str = ""
    has_authorisation: bool = False


@dataclass(frozen=True)
class Arrival:
    """An arrival as the desk wrote it down. `lead` is a row not yet saved; `petition` holds further columns of 信访件.

    `code`: a query code made beforehand. The database takes each code once, so one arrival cannot be registered twice.
    """

    channel: Channel
    arrived_on: date
    content: str
    lead: Petitioner
    requests: Sequence[str] = ()
    companions: Sequence[Party] = ()
    petition: dict[str, Any] = field(default_factory=dict)
    code: str = ""
    # What was asked back and confirmed, in the words of the question.
    confirmed: Sequence[str] = ()
    # What the person brought along.
    files: Sequence[UploadedFile[Any]] = ()

    @property
    def people(self) -> int:
        return int(self.petition.get("people", 1))


def register(arrival: Arrival, matter: PetitionCase, *, by: Post, at: datetime) -> Petition:
    """登记 an arrival that opens a new matter; its 15 days count from the day it arrived (第二十二条). A report against
    the office itself is in the hands of the organ of discipline when it returns (第三十条第三款).

    Raises NotPermitted without the right, Refusal for what the law does not take. One transaction.
    """
    _refuse(arrival, by=by, on=timezone.localdate(at))
    with transaction.atomic():
        _refuse_twin(arrival, by)
        save_person(arrival.lead)
        matter.is_sealed = matter.is_sealed or matter.purpose == Purpose.EXPOSE
        organ = organ_for(matter, by) if must_leave(matter, by) else None
        number, code = take_number(by.unit, at, is_sealed=matter.is_sealed), arrival.code or query_code()
        matter.number, matter.lead, matter.channel = number, arrival.lead, arrival.channel
        matter.people, matter.is_group = arrival.people, is_group(arrival.people, on=timezone.localdate(at))
        matter.holder = matter.registered_unit = by.unit
        matter.registrar, matter.registered_at, matter.received_on = by.user, at, arrival.arrived_on
        _open(matter, arrival, by=by, at=at)
        petition = _save_petition(arrival, matter, number, code, by=by, at=at, is_repeat=False)
        _keep_files(arrival, matter, by=by, at=at)
        if organ is not None:
            go_on_leaving(organ, matter, by=by, at=at)
        return petition


def register_repeat(arrival: Arrival, case: PetitionCase, *, by: Post, at: datetime) -> Petition:
    """登记 an arrival about a matter that is already open: it joins, no clock starts anew (第十九条第三款).

    Raises as `register`, and Refusal when the matter is closed. One transaction.
    """
    _refuse(arrival, by=by, on=timezone.localdate(at))
    with transaction.atomic():
        _refuse_twin(arrival, by)
        case = lock(case)
        target_of(Move.REPEAT, State(case.state), None)
        save_person(arrival.lead)
        number, code = take_number(by.unit, at, is_sealed=case.is_sealed), arrival.code or query_code()
        petition = _save_petition(arrival, case, number, code, by=by, at=at, is_repeat=True)
        _keep_files(arrival, case, by=by, at=at)
        detail = {"petition": petition.number, "channel": arrival.channel, "unit": by.unit.name}
        detail |= told_units(case, by) | _confirmed(arrival)
        note(case, Move.REPEAT.value, by=by, at=at, detail=detail)
        PetitionCase.objects.filter(pk=case.pk).update(petition_count=F("petition_count") + 1)
        case.petition_count += 1
        AFTER_MOVE(case, Move.REPEAT, by, at)
    return petition


def _confirmed(arrival: Arrival) -> dict[str, Any]:
    return {"confirmed": list(arrival.confirmed)} if arrival.confirmed else {}


def _keep_files(arrival: Arrival, case: PetitionCase, *, by: Post, at: datetime) -> None:
    """Put what was brought along into the matter; one file that is not taken refuses the registration."""
    keep_all(case, uploads=arrival.files, by=by, at=at, field="attachments")


def _refuse(arrival: Arrival, *, by: Post, on: date) -> None:
    if by.role not in MAY[Move.REGISTER].roles:
        raise NotPermitted("您当前的岗位不能登记信访件。")
    if by.unit.valid_to is not None and by.unit.valid_to < on:
        raise Refusal(f"{by.unit.name}已撤销或并入其他单位，请以承接其职权的单位登记（第二十四条）。")
    refuse_days(arrival.arrived_on, arrival.petition.get("postmarked_on"), arrival.lead.born_on, on=on)
    speakers = [party for party in arrival.companions if party.role is PartyRole.REPRESENTATIVE]
    if speakers and len(speakers) > (most := current_rulebook().on(on).number(Key.REPRESENTATIVES)):
        raise Refusal(f"多人走访应当推选代表，代表人数不得超过{most}人（第二十条）。", field="companions")
    agents = [party for party in arrival.companions if party.role is PartyRole.AGENT]
    if agents and len(agents) > (most := current_rulebook().on(on).number(Key.AGENTS)):
        raise Refusal(f"代理人不得超过{most}人（山东省信访条例第二十八条）。", field="companions")


def _refuse_twin(arrival: Arrival, by: Post) -> None:
    if external_id := arrival.petition.get("external_id"):
        refuse_known(arrival.channel, external_id, by)


def is_group(people: int, *, on: date) -> bool:
    """Check for a 集体访: as many people as the office has set, by what holds on the day of registration."""
    return people > 1 and people >= current_rulebook().on(on).number(Key.GROUP_SIZE)


def refuse_days(day: date, posted_on: date | None, born_on: date | None, *, on: date) -> None:
    """Raise Refusal for days of an arrival that cannot be: to come, before the postmark or before the birth."""
    if day > on:
        raise Refusal("信访日期不能晚于今天。", field="arrived_on")
    if day.year < FIRST_YEAR:
        raise Refusal(f"信访日期不能早于{FIRST_YEAR}年，请核对年份。", field="arrived_on")
    if posted_on is not None and (posted_on > day or posted_on.year < FIRST_YEAR):
        raise Refusal(f"邮戳日期不能晚于信访日期，也不能早于{FIRST_YEAR}年，请核对。", field="postmarked_on")
    if born_on is not None and born_on > day:
        raise Refusal(f"信访日期早于信访人的出生日期（{born_on:%Y年%m月%d日}），请核对。", field="arrived_on")


def refuse_known(channel: str, external_id: str, by: Post) -> None:
    """Raise Refusal for a number of another system under which something was registered before, also at this moment.
    In the transaction that writes the number.

    That of a 检举控告 is unknown, as though nothing had come, to everybody but those who read the report (第三十条
    第三款); that of another matter that does not exist for the clerk is refused without our number.
    """
    wait_for(f"external:{channel}:{external_id}")
    read = visible_to(by).values("pk")
    same = Petition.objects.filter(channel=channel, external_id=external_id)
    known = same.filter(Q(is_apart=False) | Q(case__in=read)).order_by("-is_apart").first()
    if known is None:
        return
    is_visible = visible_to(by).filter(pk=known.case_id).exists()
    number = f"，编号{known.number}" if is_visible else ""
    raise Refusal(f"外部编号“{external_id}”的来件已经登记{number}。", field="external_id")


def save_person(person: Petitioner) -> None:
    """Save the row with the digests by which the person is found again."""
    person.id_digest = digest(person.id_number, kind="id_number") if person.id_number else None
    phone = person.phone or person.landline
    person.phone_digest = digest(phone, kind="phone") if phone else None
    person.address_digest = digest(person.address, kind="address") if person.address else None
    person.save()


def open_by_itself(
    petition: Petition, matter: PetitionCase, requests: Sequence[str], *, by: Post, at: datetime
) -> None:
    """Open `matter` with an arrival that was registered before, under its number and with its days. The caller's
    transaction."""
    matter.number, matter.lead, matter.channel = petition.number, petition.lead, petition.channel
    matter.people, matter.is_group = petition.people, petition.is_group
    matter.holder = matter.registered_unit = petition.unit.going_on(timezone.localdate(at))
    matter.registrar, matter.registered_at = petition.registrar, petition.registered_at
    matter.received_on = matter.due_on = petition.arrived_on
    detail = {
        "channel": petition.channel, "arrived_on": petition.arrived_on.isoformat(), "number": matter.number,
    }  # fmt: skip
    settle(matter, Move.REGISTER, Effect(detail), by=by, at=at)
    _save_requests(matter, requests)
    petition.case, petition.is_repeat = matter, False
    petition.save(update_fields=["case", "is_repeat"])


def _save_requests(matter: PetitionCase, requests: Sequence[str]) -> None:
    CaseRequest.objects.bulk_create(
        CaseRequest(case=matter, order=order, text=text) for order, text in enumerate(requests, start=1)
    )


def _open(matter: PetitionCase, arrival: Arrival, *, by: Post, at: datetime) -> None:
    # The clocks and the event need the row, the row needs the due day: it waits since the arrival until `settle` knows.
    matter.due_on = arrival.arrived_on
    detail = {"channel": arrival.channel.value, "arrived_on": arrival.arrived_on.isoformat(), "number": matter.number}
    detail |= _confirmed(arrival)
    # Others read the new matter: what it would tell of a 检举控告 they must not know (第三十条第三款).
    if matter.follows is not None and not matter.follows.is_sealed:
        detail["follows"] = matter.follows.number
    settle(matter, Move.REGISTER, Effect(detail), by=by, at=at)
    _save_requests(matter, arrival.requests)


def _save_petition(
    arrival: Arrival, case: PetitionCase, number: str, code: str, *, by: Post, at: datetime, is_repeat: bool
) -> Petition:
    petition = Petition(
        case=case,
        number=number,
        query_code=code,
        query_digest=digest(code, kind="query_code"),
        channel=arrival.channel,
        arrived_on=arrival.arrived_on,
        registered_at=at,
        unit=by.unit,
        registrar=by.user,
        lead=arrival.lead,
        content=arrival.content,
        is_repeat=is_repeat,
        is_group=is_group(arrival.people, on=timezone.localdate(at)),
        **arrival.petition,
    )
    petition.save(force_insert=True)
    if arrival.companions:
        _save_companions(petition, arrival.companions)
    return petition


def _save_companions(petition: Petition, companions: Sequence[Party]) -> None:
    for party in companions:
        save_person(party.person)
    Companion.objects.bulk_create(
        Companion(
            petition=petition,
            petitioner=party.person,
            role=party.role,
            relation=party.relation,
            has_authorisation=party.has_authorisation,
        )
        for party in companions
    )
