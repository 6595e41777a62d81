"""Verbs of a made-up matter: each move's actor, its changes, and the detail of its event."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.statute.periods import Rule
from cases.clocks.moving import along
from cases.engine import Effect
from cases.made_up.synthetic import words
from cases.made_up.synthetic.blanks import new_row
from cases.made_up.synthetic.course import Course
from cases.models import Delivery, Opinion, Relation, RequestAnswer, Standing
from cases.states import Move, State
from cases.vocabulary import Answer, DeliveryWay, Heart, Kind, LastAnswer, LegalWay, Outcome

Done = tuple[Post, Effect]
# What is closed has nothing left to be executed.
_SETTLED = (Answer.EXPLAIN.value, Answer.REJECT.value)
_TERMS = (30, 45, 60, 90)
_WAYS = (DeliveryWay.DIRECT, DeliveryWay.DIRECT, DeliveryWay.POST, DeliveryWay.ELECTRONIC)


def _triager(course: Course) -> Post:
    """Pick the triager: a report of wrongdoing goes through the hands of the named person alone."""
    return course.office.head if course.matter.is_sealed else course.office.registrar


def _triage(course: Course, at: datetime, day: date) -> Done:
    case, is_report = course.case, course.matter.is_sealed
    if case.kind:
        course.leg += 1  # the second triage, after an objection that was right
    case.kind = (Kind.REPORT if is_report else Kind.CLAIM).value
    case.legal_way = (LegalWay.DISCIPLINE if is_report else LegalWay.PETITION).value
    case.legal_basis = course.rng.choice(words.JURISDICTION)
    detail = {"kind": case.kind, "way": case.legal_way, "basis": case.legal_basis, "topic": case.topic_id}
    return _triager(course), Effect(detail)


def _pass_on(course: Course, by: Post) -> dict[str, object]:
    case, unit = course.case, course.desk.unit
    case.sender_id, case.assignee_id = by.unit_id, None
    case.holder_id = case.responsible_id = unit.pk
    return {"to_unit": unit.code, "to_name": unit.name, "note": course.rng.choice(words.NOTES)}


def _refer(course: Course, at: datetime, day: date) -> Done:
    by = _triager(course)
    return by, Effect(_pass_on(course, by))


def _assign(course: Course, at: datetime, day: date) -> Done:
    by, days = course.office.head, course.rng.choice(_TERMS)
    course.case.is_assigned = course.case.needs_assigner = True
    course.case.assigner_id = by.unit_id
    return by, Effect({**_pass_on(course, by), "days": days}, days=days)


def _sign_for(course: Course, at: datetime, day: date) -> Done:
    course.case.assignee_id = course.desk.handler.user_id
    return course.desk.handler, Effect()


def _object(course: Course, at: datetime, day: date) -> Done:
    reason = course.rng.choice(words.OBJECTIONS)
    course.case.holder_id = course.office.unit.pk
    facts = {"reasons": [reason], "proper_unit": "有权处理的机关、单位"}
    return course.desk.handler, Effect({"reason": reason, "proper_unit": ""}, facts=facts)


def _agree_objection(course: Course, at: datetime, day: date) -> Done:
    case = course.case
    case.responsible_id = case.assignee_id = case.assigner_id = None
    case.is_assigned = case.needs_assigner = False
    detail = {"note": words.AGREED, "returned_by": course.desk.unit.name}
    return _triager(course), Effect(detail)


def _refuse_objection(course: Course, at: datetime, day: date) -> Done:
    course.case.holder_id = course.desk.unit.pk
    return _triager(course), Effect({"note": words.REFUSED})


def _accept(course: Course, at: datetime, day: date) -> Done:
    by = course.desk.handler
    course.case.assignee_id = by.user_id
    facts = {"handler": by.user.name, "handler_phone": by.unit.phone or words.OFFICE_PHONE}
    return by, Effect({"assignee": by.user.name}, facts=facts)


def _investigate(course: Course, at: datetime, day: date) -> Done:
    note = course.rng.choice(words.INVESTIGATIONS)
    course.investigated.append((day, note))
    # Once at least, or the opinion could not be signed (第三十一条第六项).
    heard = course.rng.random() < 0.5 or len(course.investigated) == 1
    return course.desk.handler, Effect({"note": note, "heard_petitioner": heard, "happened_on": day.isoformat()})


def _ask_extension(course: Course, at: datetime, day: date) -> Done:
    course.asked = course.rng.choice((15, 30)), course.rng.choice(words.EXTENSIONS)
    days, reason = course.asked
    return course.desk.handler, Effect({"days": days, "reason": reason})


def _approve_extension(course: Course, at: datetime, day: date) -> Done:
    return course.desk.head, _prolong(course, at, day)


def _agree_extension(course: Course, at: datetime, day: date) -> Done:
    days, reason = course.asked
    course.case.holder_id = course.office.unit.pk
    return course.desk.head, Effect({"days": days, "reason": reason, "note": ""})


def _confirm_extension(course: Course, at: datetime, day: date) -> Done:
    effect, by = _prolong(course, at, day), course.office.head
    days, _ = course.asked
    running = [clock for clock in course.clocks if clock.is_running]
    for clock, more in along(running, course.clock(Rule.HANDLING), days=days):
        course.extend(clock, more, at=at, day=day)
        effect.moved.append(clock)
    course.case.holder_id, effect.issuer = course.desk.unit.pk, course.desk.unit
    effect.facts["assigner_approval"] = f"{by.unit.name}批准"
    return by, effect


def _prolong(course: Course, at: datetime, day: date) -> Effect:
    days, reason = course.asked
    clock = course.clock(Rule.HANDLING)
    before = {"due_on": clock.legal_on, "strict_due_on": clock.strict_on, "counted_from_on": clock.strict_on}
    course.extend(clock, days, at=at, day=day)
    facts = before | {
        "days": days, "reason": reason, "new_due_on": clock.legal_on, "new_strict_due_on": clock.strict_on,
        "approver": course.desk.head.user.name,
    }  # fmt: skip
    return Effect({"days": days, "reason": reason, "legal": clock.legal_on.isoformat()}, facts=facts)


def _refuse_extension(course: Course, at: datetime, day: date) -> Done:
    return course.desk.head, Effect({"note": words.NOT_EXTENDED})


def _draft(course: Course, at: datetime, day: date) -> Done:
    rng, desk = course.rng, course.desk
    opinion = new_row(
        Opinion,
        id=course.matter.keys["Opinion"],
        case_id=course.case.pk,
        facts=rng.choice(words.FINDINGS),
        basis=rng.choice(words.BASES),
        review_body_id=desk.review_body.pk,
        drafted_by_id=desk.handler.user_id,
        drafted_at=at,
    )
    course.opinion, course.case.drafter_id = opinion, desk.handler.user_id
    course.answers = [
        new_row(
            RequestAnswer, opinion_id=opinion.pk, request_id=request.pk, result=result, text=rng.choice(words.ANSWERS)
        )
        for request in course.requests
        for result in [rng.choice(_SETTLED if course.matter.state is State.CLOSED else Answer.values)]
    ]
    return desk.handler, Effect({"opinion": opinion.pk, "results": [answer.result for answer in course.answers]})


def _opinion(course: Course) -> Opinion:
    assert course.opinion is not None  # noqa: S101  the road drafts first
    return course.opinion


def _check(course: Course, at: datetime, day: date) -> Done:
    opinion, by = _opinion(course), course.desk.colleague
    opinion.checked_by_id = by.user_id
    return by, Effect({"opinion": opinion.pk, "note": course.rng.choice(words.CHECKED)})


def _return_draft(course: Course, at: datetime, day: date) -> Done:
    course.case.drafter_id = None
    return course.desk.colleague, Effect({"note": words.RETURNED})


def _sign(course: Course, at: datetime, day: date) -> Done:
    opinion, by = _opinion(course), course.desk.head
    opinion.signed_by_id, opinion.signed_on, course.case.drafter_id = by.user_id, day, None
    return by, Effect({"opinion": opinion.pk})


def _deliver(course: Course, at: datetime, day: date) -> Done:
    way = DeliveryWay.ELECTRONIC if course.matter.is_anonymous else course.rng.choice(_WAYS)
    opinion = _opinion(course)
    opinion.delivered_on = day
    course.case.last_answer = LastAnswer.OPINION.value
    course.case.owes_execution = any(answer.result == Answer.SUPPORT for answer in course.answers)
    name = "" if way is DeliveryWay.ELECTRONIC else course.lead.name
    own: dict[str, Any] = (
        {"posted_on": opinion.signed_on, "item_number": words.ITEM_NUMBER} if way is DeliveryWay.POST else {}
    )
    course.delivery = new_row(
        Delivery,
        case_id=course.case.pk,
        answer=LastAnswer.OPINION.value,
        opinion_id=opinion.pk,
        way=way.value,
        delivered_on=day,
        counts_from=day,
        standing=Standing.UNPROVEN.value,
        recipient=name,
        relation=Relation.SELF.value if name else "",
        no_proof=words.NO_PROOF,
        entered_by_id=course.desk.handler.user_id,
        entered_on=day,
        **own,
    )
    detail = {"delivered_on": day.isoformat(), "way": way.value, "recipient": name, "note": ""}
    detail |= {field: value.isoformat() if isinstance(value, date) else value for field, value in own.items()}
    course.case.is_delivery_unproven = True
    told = {"standing": Standing.UNPROVEN.value, "no_proof": words.NO_PROOF}
    return course.desk.handler, Effect(detail | told, day=day)


def _close(course: Course, at: datetime, day: date) -> Done:
    outcome, note = course.rng.choice(list(Outcome)), course.rng.choice(words.CLOSED)
    evidence, heart = course.rng.choice(words.ANSWERS), course.rng.choice(Heart.values)
    course.case.outcomes, course.case.heart = [outcome.value], heart
    facts = {"result": f"{outcome.label}：{evidence}", "attitude": note}
    detail = {"outcomes": [outcome.value], "evidence": [evidence], "heart": heart, "note": note}
    return course.desk.handler, Effect(detail, facts=facts)


ACTS: Mapping[Move, Callable[[Course, datetime, date], Done]] = {
    Move.TRIAGE: _triage,
    Move.REFER: _refer,
    Move.ASSIGN: _assign,
    Move.SIGN_FOR: _sign_for,
    Move.OBJECT: _object,
    Move.AGREE_OBJECTION: _agree_objection,
    Move.REFUSE_OBJECTION: _refuse_objection,
    Move.ACCEPT: _accept,
    Move.INVESTIGATE: _investigate,
    Move.ASK_EXTENSION: _ask_extension,
    Move.APPROVE_EXTENSION: _approve_extension,
    Move.AGREE_EXTENSION: _agree_extension,
    Move.CONFIRM_EXTENSION: _confirm_extension,
    Move.REFUSE_EXTENSION: _refuse_extension,
    Move.DRAFT: _draft,
    Move.CHECK: _check,
    Move.RETURN_DRAFT: _return_draft,
    Move.SIGN: _sign,
    Move.DELIVER: _deliver,
    Move.CLOSE: _close,
}
