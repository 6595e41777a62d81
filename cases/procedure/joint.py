"""协办、回避: other hands on the matter, and those who may not touch it (条例第二十四条、第二十八条)."""

from datetime import date, datetime

from django.utils import timezone

from binzhou_xinfang.accounts.models import Post, Unit, User
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.records.event_fields import KEPT, EventField, by_label
from binzhou_xinfang.statute.periods import Rule
from binzhou_xinfang.typed import shortened
from cases.engine import Effect, action
from cases.models import CoHandling, PetitionCase, Recusal
from cases.permissions import outside_office, reads_sealed
from cases.procedure.destinations import refuse_unfit_unit
from cases.procedure.shared_fields import ASSIGNEE, CO_NAME, DAYS, NOTE, PERSON, TASK, TOLD_NOTE
from cases.states import (
    HANDLERS,
    HEADS,
    OFFICE_HEADS,
    REVIEWERS,
    TRIAGERS,
    WORKING,
    Desk,
    Duty,
    Group,
    Guard,
    Move,
    Place,
    State,
    Transition,
)

# A part is given, or taken back, for as long as the unit that asked for it may still give its opinion.
_HELPED = WORKING | {State.OBJECTED, State.DISPUTED}
# Whoever is to give an opinion, below or above, may have an interest of his own in it.
_BEFORE_ITS_OPINION = WORKING | {
    State.REVIEW_ASKED, State.REVIEWING, State.REVIEW_DRAFTED, State.RECHECK_ASKED, State.RECHECKING,
    State.RECHECK_HEARING, State.RECHECK_DRAFTED,
}  # fmt: skip


@action(
    Move.CALL_IN,
    Transition(WORKING, None, "第二十四条第一款", starts=(Rule.CO_HANDLING,)),
    Duty(HANDLERS | TRIAGERS, (Desk.HOLDER, Desk.SENDER, Desk.ASSIGNER)),
    Place(Group.JOINT, beside=True),
    {"to_unit": KEPT, "co_name": CO_NAME, "task": TASK, "days": DAYS},
)
def call_in(case: PetitionCase, *, to_unit: Unit, task: str, days: int, by: Post, at: datetime) -> Effect:
    """增加协办单位 with its own task and its own `days` (natural). The lead unit answers for the whole."""
    refuse_unfit_unit(case, to_unit, by=by, at=at)
    if to_unit.pk == case.responsible_id:
        raise Refusal("主办单位不能同时作为协办单位。", field="to_unit")
    if to_unit.pk in case.co_handlers:
        raise Refusal(f"{to_unit.name}已是协办单位，尚未反馈。", field="to_unit")
    today = timezone.localdate(at)
    CoHandling.objects.create(case=case, unit=to_unit, task=task, asked_by=by.user, asked_on=today)
    case.co_handlers, case.is_joint = [*case.co_handlers, to_unit.pk], True
    detail = {"to_unit": to_unit.code, "co_name": to_unit.name, "task": task, "days": days}
    return Effect(detail, unit=to_unit, days=days)


@action(
    Move.FEED_BACK,
    Transition(_HELPED, None, "第二十四条第一款", meets=(Rule.CO_HANDLING,), guards=(Guard.CO_HANDLED,)),
    Duty(HANDLERS, (Desk.CO_HANDLER,)),
    Place(Group.JOINT, road=40),
    {"task": TASK, "note": TOLD_NOTE},
)
def feed_back(case: PetitionCase, *, feedback: str, by: Post, at: datetime) -> Effect:
    """协办反馈 by the unit that was called in; its own clock is met."""
    task = _open_task(case, by.unit)
    task.feedback, task.fed_back_by, task.fed_back_on = feedback, by.user, timezone.localdate(at)
    task.save(update_fields=["feedback", "fed_back_by", "fed_back_on"])
    case.co_handlers = [pk for pk in case.co_handlers if pk != by.unit_id]
    return Effect({"task": task.task, "note": feedback}, unit=by.unit)


@action(
    Move.RELEASE,
    Transition(
        _HELPED,
        None,
        "第二十四条第一款",
        cancels=(Rule.CO_HANDLING,),
        guards=(Guard.CO_HANDLED,),
        no_ground="协办由提请的单位收回；此前已经逾期的仍计逾期",
    ),
    Duty(HANDLERS | TRIAGERS, (Desk.HOLDER, Desk.SENDER, Desk.ASSIGNER)),
    Place(Group.JOINT, beside=True),
    {"co_name": CO_NAME, "reason": EventField("理由：")},
)
def release(case: PetitionCase, *, unit: Unit, reason: str, by: Post, at: datetime) -> Effect:
    """取消协办: its part is not needed any longer."""
    task = _open_task(case, unit)
    task.released_on = timezone.localdate(at)
    task.save(update_fields=["released_on"])
    case.co_handlers = [pk for pk in case.co_handlers if pk != unit.pk]
    return Effect({"co_name": unit.name, "reason": reason}, unit=unit)


def _open_task(case: PetitionCase, unit: Unit) -> CoHandling:
    task = case.co_handlings.filter(unit=unit, fed_back_on=None, released_on=None).first()
    if task is None:
        raise Refusal(f"{unit.name}没有待反馈的协办事项。", field="unit")
    return task


@action(
    Move.ASK_RECUSAL,
    Transition(_BEFORE_ITS_OPINION, None, "第二十八条第三款、山东省信访条例第十七条"),
    Duty(HANDLERS | REVIEWERS),
    Place(Group.JOINT, beside=True),
    {
        "person": PERSON,
        "is_own_request": EventField("本人申请", by_label),
        "reason": EventField("理由："),
        "units": KEPT,
        "asks": KEPT,
    },
)
def ask_recusal(
    case: PetitionCase, *, person: User, is_own_request: bool, reason: str, by: Post, at: datetime
) -> Effect:
    """申请回避 of a person of the unit, by the petitioner or by that person; who decides is told at once.

    Raises Refusal while one is undecided, and where nobody could decide: the opinion would wait for ever.
    """
    if case.is_recusal_asked:
        raise Refusal("已有一项回避申请待决定。")
    if is_own_request and person != by.user:
        raise Refusal("本人申请回避的，回避人员应当是您自己。", field="person")
    today = timezone.localdate(at)
    office = outside_office(case) if _goes_outside(case, person, on=today) else None
    _refuse_undecidable(case, person, office, on=today)
    told = sorted({case.holder_id} | ({office.pk} if office else set()))
    Recusal.objects.create(
        case=case, person=person, is_own_request=is_own_request, reason=reason, asked_on=today, told=told
    )
    case.is_recusal_asked = True
    said = {"person": person.name, "is_own_request": is_own_request, "reason": reason}
    return Effect(said | {"units": told, "asks": True})


# 山东省信访条例第十七条：由本机关负责人决定. Of a head, and of whoever is the only one there, the office that took the
# matter in decides too, or the one over it. A body of review has reviewers alone, and one decides of another.
_DECIDING = Duty(HEADS | REVIEWERS | OFFICE_HEADS, (Desk.HOLDER, Desk.REGISTERED, Desk.OVERSEER))


def _goes_outside(case: PetitionCase, person: User, *, on: date) -> bool:
    """Check that the person heads the holder, or that nobody else there could decide."""
    here = Post.objects.held(on).filter(unit=case.holder_id, role__in=_DECIDING.roles)
    heads = here.filter(user=person, role__in=HEADS | OFFICE_HEADS).exists()
    return heads or not here.exclude(user=person).exclude(user__in=case.recused).exists()


def _refuse_undecidable(case: PetitionCase, person: User, office: Unit | None, *, on: date) -> None:
    units = {case.holder_id} | ({office.pk} if office else set())
    posts = Post.objects.held(on).filter(unit__in=units, role__in=_DECIDING.roles).exclude(user=person)
    others = posts.exclude(user__in=case.recused).select_related("unit", "user")
    if not any(not case.is_sealed or reads_sealed(post, case) for post in others):
        raise Refusal(
            f"没有可以决定{person.name}是否回避的人员，请先在{case.holder.name}设置其他负责人的岗位，再登记回避申请"
            "（山东省信访条例第十七条）。"
        )


@action(
    Move.GRANT_RECUSAL,
    Transition(_BEFORE_ITS_OPINION, None, "第二十八条第三款、山东省信访条例第十七条", guards=(Guard.RECUSAL_PENDING,)),
    _DECIDING,
    Place(Group.JOINT),
    {"person": PERSON, "assignee": ASSIGNEE, "note": TOLD_NOTE},
)
def grant_recusal(case: PetitionCase, *, note: str, successor: User, by: Post, at: datetime) -> Effect:
    """同意回避: the person neither sees nor makes a move of the matter any longer; `successor` takes it over."""
    recusal = _decide(case, by=by, at=at, is_granted=True, note=note)
    if successor == recusal.person:
        raise Refusal("接办人不能是回避人员本人。", field="successor")
    case.recused = [*case.recused, recusal.person_id]
    # Whoever takes over at the body above handles its review; the unit below keeps its own handler.
    if case.responsible_id in (None, case.holder_id):
        case.assignee = successor
    return Effect({"person": recusal.person.name, "assignee": successor.name, "note": note})


@action(
    Move.REFUSE_RECUSAL,
    Transition(_BEFORE_ITS_OPINION, None, "第二十八条第三款、山东省信访条例第十七条", guards=(Guard.RECUSAL_PENDING,)),
    _DECIDING,
    Place(Group.JOINT),
    {"person": PERSON, "note": NOTE},
)
def refuse_recusal(case: PetitionCase, *, note: str, by: Post, at: datetime) -> Effect:
    """不同意回避, with the reason."""
    recusal = _decide(case, by=by, at=at, is_granted=False, note=note)
    return Effect({"person": recusal.person.name, "note": note})


def _decide(case: PetitionCase, *, by: Post, at: datetime, is_granted: bool, note: str) -> Recusal:
    recusal = case.recusals.filter(decided_on=None).select_related("person").get()
    if recusal.person_id == by.user_id:
        raise Refusal(
            "不能决定自己的回避，请由本机关其他负责人，或者登记机构、上级信访部门的负责人决定（山东省信访条例第十七条）。"
        )
    if by.unit_id != case.holder_id and not _goes_outside(case, recusal.person, on=timezone.localdate(at)):
        raise Refusal(
            "承办人员的回避由其本单位负责人决定；登记机构、上级信访部门只决定单位负责人的回避（山东省信访条例第十七条）。"
        )
    recusal.decided_by, recusal.decided_on = by.user, timezone.localdate(at)
    recusal.is_granted, recusal.note = is_granted, shortened(note, 500)  # the event has it whole
    recusal.save(update_fields=["decided_by", "decided_on", "is_granted", "note"])
    case.is_recusal_asked = False
    return recusal
