"""更正、补充、解除保密: the ways back from a slip at the window (条例第十九条、第二十一条、第二十二条)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.records.event_fields import KEPT, EventField
from binzhou_xinfang.records.event_kinds import Fields
from binzhou_xinfang.statute.periods import Rule
from binzhou_xinfang.statute.wording import listed, say_day
from cases.attaching import Papers
from cases.clocks.arrival import count_from
from cases.clocks.beginning import FROM_ARRIVAL
from cases.deciding import decider_of
from cases.engine import Effect, action
from cases.entries.words import words_of
from cases.models import Petition, PetitionCase, RequestAnswer
from cases.outcome import told_units
from cases.procedure.sealing import unseal_merged
from cases.procedure.shared_fields import ARRIVAL, TOLD_NOTE
from cases.states import (
    CLERKS,
    HANDLERS,
    HEADS,
    NOT_COUNTED,
    OFFICE_HEADS,
    OWN,
    UNTOUCHED,
    Desk,
    Duty,
    Group,
    Guard,
    Move,
    Paper,
    PaperKind,
    Place,
    State,
    Transition,
)
from cases.vocabulary import Purpose
from cases.window.correcting import (
    Change,
    Columns,
    Registration,
    contact_entries,
    keep,
    put_requests_right,
    put_right,
    registration_of,
    save_arrival,
    save_registration,
)
from cases.window.registration import refuse_days, refuse_known

# Nobody but the office has seen it yet.
_AT_THE_OFFICE = UNTOUCHED | {State.AWAITING_DATA}
_COUNTED = frozenset(State) - NOT_COUNTED
_DAY_PROOF = Paper(
    PaperKind.OTHER_PROOF,
    is_needed=False,
    help_text="信访日期改晚的，附收文登记、信封、系统记录等；没有证明的，已经逾期的期限不因更正而改变",
)


def _say_changes(value: Iterable[Mapping[str, str]], on: date) -> str:
    return listed(f"{one['entry']}由“{one['old'] or '空'}”改为“{one['new'] or '空'}”" for one in value)


def _say_reckoned(value: Iterable[Mapping[str, str]], on: date) -> str:
    def last(day: str) -> str:
        return say_day(date.fromisoformat(day), on)

    return listed(f"{Rule(one['rule']).label}由{last(one['before'])}改为{last(one['legal'])}" for one in value)


_CORRECTED: Fields = {
    "changes": EventField("更正：", _say_changes),
    "reckoned": EventField("期限重新计算：", _say_reckoned),
    "reason": EventField("理由："),
    "units": KEPT,
}


@action(
    Move.CORRECT,
    Transition(
        _AT_THE_OFFICE,
        None,
        "第十九条第一款、第二十一条",
        moves=tuple(FROM_ARRIVAL),
        alone="尚未转送、交办，信访日期只能改早，期限只会提前（第十九条第一款、第二十一条）",
    ),
    Duty(CLERKS, OWN),
    Place(Group.INTAKE, beside=True),
    _CORRECTED,
)
def correct(
    case: PetitionCase, *, columns: Columns, requests: Sequence[str] | None, reason: str, by: Post, at: datetime
) -> Effect:
    """更正登记 until the matter is passed on. `requests` None: as they are.

    Raises Refusal as `amend`, and for a later day of arrival, which would give the office time: the head decides on it.
    """
    if columns.get("Petition", {}).get("arrived_on", case.received_on) > case.received_on:
        raise Refusal("信访日期改晚会推迟办理期限，应当由负责人更正登记。", field="arrived_on")
    return _correct(case, columns, requests, reason=reason, by=by, at=at)


@action(
    Move.AMEND,
    Transition(
        _COUNTED,
        None,
        "第十九条第一款、第二十一条",
        papers=(_DAY_PROOF,),
        moves=tuple(FROM_ARRIVAL),
        alone="信访日期改晚的，由上级信访部门决定；没有证明的，已经逾期的仍为逾期（第十九条第一款、第二十三条第二款）",
    ),
    Duty(OFFICE_HEADS | HEADS, (Desk.REGISTERED, Desk.DECIDER)),
    Place(Group.INTAKE, beside=True),
    _CORRECTED,
)
def amend(
    case: PetitionCase,
    *,
    columns: Columns,
    requests: Sequence[str] | None,
    reason: str,
    papers: Papers,
    by: Post,
    at: datetime,
) -> Effect:
    """更正登记 by the head, at any time; the unit that has the matter is told.

    A later day of arrival gives time to who owes the duty: of what a unit took in and handles the office above decides
    on it, and what has lapsed stays lapsed without a proof of the day; a lapse of the own unit stays one with it.

    Raises Refusal where nothing changes, for days that cannot be, for a later day by the unit that would gain by it,
    for requests that an opinion answers, and for what would seal or unseal a matter that is on its way.
    """
    is_later = columns.get("Petition", {}).get("arrived_on", case.received_on) > case.received_on
    if is_later and decider_of(case) != by.unit_id:
        raise Refusal("信访日期改晚会推迟本单位的办理期限，应当由上级信访部门核对证明后更正登记。", field="arrived_on")
    return _correct(case, columns, requests, reason=reason, by=by, at=at, is_proven=_DAY_PROOF.kind in papers)


def _correct(
    case: PetitionCase,
    columns: Columns,
    requests: Sequence[str] | None,
    *,
    reason: str,
    by: Post,
    at: datetime,
    is_proven: bool = False,
) -> Effect:
    registration, received_on = registration_of(case), case.received_on
    external_id = registration.arrival.external_id
    _refuse_seal(case, columns)
    _refuse_urgent(case, columns)
    changes = [*put_right(registration.rows, columns), *_requests(registration, requests)]
    if not changes:
        raise Refusal("没有改动，请修改需要更正的登记项。")
    arrival = registration.arrival
    refuse_days(
        arrival.arrived_on,
        arrival.postmarked_on,
        registration.lead.born_on,
        on=timezone.localdate(arrival.registered_at),
    )
    if arrival.external_id and arrival.external_id != external_id:
        refuse_known(arrival.channel, arrival.external_id, by)
    save_registration(registration)
    keep(case, changes, reason=reason, by=by, at=at)
    heals = is_proven or case.received_on < received_on
    gained_by = by.unit_id if case.received_on > received_on else None
    moved = []
    if case.received_on != received_on:
        moved = count_from(case, before=received_on, at=at, heals=heals, gained_by=gained_by)
    detail = {"changes": [change.told for change in changes], "reckoned": moved, "reason": reason}
    return Effect(detail | told_units(case, by))


def _requests(registration: Registration, texts: Sequence[str] | None) -> list[Change]:
    if texts is None or [request.text for request in registration.requests] == list(texts):
        return []
    if RequestAnswer.objects.filter(opinion__case=registration.case).exists():
        raise Refusal("意见书已经逐项答复原诉求，不能再更正；提出新的诉求的，请另行登记。", field="requests")
    return put_requests_right(registration, texts)


def _refuse_urgent(case: PetitionCase, columns: Columns) -> None:
    """Raise Refusal for ticking or unticking 重大紧急 by the way: a report is made, and taken back by who made it."""
    is_urgent = columns.get("PetitionCase", {}).get("is_urgent", case.is_urgent)
    if is_urgent != case.is_urgent:
        move = Move.REPORT_URGENT if is_urgent else Move.TAKE_BACK_URGENT
        raise Refusal(f"重大紧急不能以更正登记改变，请办理“{move.label}”（第二十五条）。", field="is_urgent")


def _refuse_seal(case: PetitionCase, columns: Columns) -> None:
    """Seal what proves to be a report while it is at the office. Raises Refusal for one that is on its way, and for
    opening a sealed one by the way."""
    purpose = columns.get("PetitionCase", {}).get("purpose", case.purpose)
    if purpose == case.purpose or Purpose.EXPOSE not in (purpose, case.purpose):
        return
    if case.purpose == Purpose.EXPOSE and case.is_sealed:
        raise Refusal("检举控告保密件不能以更正登记改变信访目的，请由指定人员“解除保密”。", field="purpose")
    if State(case.state) not in _AT_THE_OFFICE:
        raise Refusal(
            "已经转办的事项不能以更正登记改为揭发控告，请由负责人“移送纪检监察机关”（第三十条）。", field="purpose"
        )
    case.is_sealed = True


@action(
    Move.CORRECT_ARRIVAL,
    # No clock counts from it (第十九条第三款), so whoever takes in there puts it right at any time.
    Transition(_COUNTED, None, "第十九条第一款、第二十一条", guards=(Guard.CAME_AGAIN,)),
    Duty(CLERKS | HEADS, OWN),
    Place(Group.INTAKE, beside=True),
    {"arrival": ARRIVAL, **{name: told for name, told in _CORRECTED.items() if name != "reckoned"}},
)
def correct_arrival(
    case: PetitionCase, *, arrival: Petition, columns: Columns, reason: str, by: Post, at: datetime
) -> Effect:
    """更正后来信访件: an arrival that joined the matter later. Raises Refusal where nothing changes, and for days that
    cannot be, or a number of another system that is taken."""
    external_id = arrival.external_id
    changes = put_right((arrival.lead, arrival), columns)
    if not changes:
        raise Refusal("没有改动，请修改需要更正的登记项。")
    registered_on = timezone.localdate(arrival.registered_at)
    refuse_days(arrival.arrived_on, arrival.postmarked_on, arrival.lead.born_on, on=registered_on)
    if arrival.external_id and arrival.external_id != external_id:
        refuse_known(arrival.channel, arrival.external_id, by)
    save_arrival(arrival)
    keep(case, changes, reason=reason, by=by, at=at, of=arrival)
    detail = {"arrival": arrival.number, "changes": [change.told for change in changes], "reason": reason}
    return Effect(detail | told_units(case, by))


@action(
    Move.SUPPLEMENT,
    Transition(_COUNTED, None, "第十九条第一款、第二十一条"),
    Duty(CLERKS | HANDLERS, (Desk.HOLDER, Desk.REGISTERED, Desk.RESPONSIBLE)),
    Place(Group.INTAKE, beside=True),
    {"changes": EventField("补充：", _say_changes), "note": TOLD_NOTE, "units": KEPT},
)
def supplement(case: PetitionCase, *, contact: Mapping[str, Any], note: str, by: Post, at: datetime) -> Effect:
    """补充登记: add what was not known of the petitioner's contact, at any time and to a closed file too.

    Raises Refusal for an entry that says something already: that would be a correction.
    """
    registration = registration_of(case)
    for entry in contact_entries():
        if contact.get(entry.name) and words_of(entry, registration.lead):
            raise Refusal(f"已经登记{entry.words}；登记有误的，请办理更正登记。", field=entry.name)
    added = {name: value for name, value in contact.items() if value}
    changes = put_right(registration.rows, {"Petitioner": added})
    save_registration(registration)
    keep(case, changes, reason=note, by=by, at=at)
    return Effect({"changes": [change.told for change in changes], "note": note} | told_units(case, by))


@action(
    Move.UNSEAL,
    Transition(_AT_THE_OFFICE, State.REGISTERED, "第三十条第三款", guards=(Guard.SEALED,)),
    Duty(CLERKS, OWN, named=True),
    Place(Group.INTAKE, beside=True),
    {"changes": EventField("更正：", _say_changes), "reason": EventField("理由：")},
)
def unseal(case: PetitionCase, *, purpose: str, reason: str, by: Post, at: datetime) -> Effect:
    """解除保密: 揭发控告 was ticked by mistake, as who is named for reports answers for. It is triaged anew, and exists
    again for all, with what was sealed along. Raises Refusal for 揭发控告, and while a report is merged into it.
    """
    if purpose == Purpose.EXPOSE:
        raise Refusal("信访目的仍为揭发控告的，应当保密（第三十条第三款）。", field="purpose")
    unseal_merged(case, by, at)
    changes = put_right(registration_of(case).rows, {"PetitionCase": {"purpose": Purpose(purpose).value}})
    keep(case, changes, reason=reason, by=by, at=at)
    case.is_sealed, case.is_simple, case.kind, case.legal_way = False, False, "", ""
    case.end_asked = ""
    return Effect({"changes": [change.told for change in changes], "reason": reason})
