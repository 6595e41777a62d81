"""责任图, its rows in the order of the procedure: a further duty is a further function."""

from collections.abc import Callable, Iterable

from django.utils import timezone

from binzhou_xinfang.accounts.models import UnitKind
from binzhou_xinfang.statute.periods import Rule
from binzhou_xinfang.statute.wording import say_day
from binzhou_xinfang.web.lights import Light
from cases.casefile.charts.duties import NOT_BEGUN, Duty, Held, Stand, Standing, articles
from cases.models import CoHandling, Opinion, PetitionCase, Review
from cases.states import Move
from cases.vocabulary import ReviewKind

# What the 责任单位 is bound by while it works, by whichever way the matter goes.
WORK = (Rule.HANDLING, Rule.SIMPLE_HANDLING, Rule.OWN_WAY, Rule.REDO, Rule.ASSIGNMENT)


def units_of(case: PetitionCase, opinion: Opinion | None, reviews: Iterable[Review]) -> set[int]:
    """List the units whose heads are named."""
    units = {case.registered_unit_id, case.assigner_id, case.sender_id, case.responsible_id, case.holder_id}
    units |= {opinion.review_body_id} if opinion else set()
    return {key for key in units | {review.body_id for review in reviews} if key is not None}


def duties_of(held: Held) -> list[Duty]:
    """List the duties of the matter in the order of the procedure."""
    return [duty for build in _BUILDERS for duty in build(held)]


def _registering(held: Held) -> Iterable[Duty]:
    case = held.case
    stand = held.done(case.received_on, "登记")
    users = [(case.registrar, "登记人")]
    yield held.duty(
        "首办登记", case.registered_unit, users, articles(Move.REGISTER), stand, with_heads=case.registrar is None
    )


def _sending(held: Held) -> Iterable[Duty]:
    sent = held.last(Move.REFER, Move.ASSIGN)
    clock = held.clock(Rule.TRIAGE)
    unit = (clock.unit if clock else None) or held.case.sender or held.case.registered_unit
    users = [(sent.actor if sent else None, "转办人")]
    yield held.duty("甄别转办", unit, users, articles(Move.TRIAGE, Move.REFER), held.stand(Rule.TRIAGE))


def _informing(held: Held) -> Iterable[Duty]:
    if held.case.responsible:
        users = [(held.case.assignee, "承办人")]
        stand = held.stand(Rule.NOTICE, Rule.SIMPLE_ACCEPTANCE)
        yield held.duty("告知受理", held.case.responsible, users, articles(Move.ACCEPT), stand)


def _handling(held: Held) -> Iterable[Duty]:
    if held.case.responsible:
        users = [(held.case.assignee, "承办人")]
        basis = articles(Move.INVESTIGATE, Move.DRAFT)
        yield held.duty("主办（责任单位）", held.case.responsible, users, basis, held.stand(*WORK))


def _helping(held: Held) -> Iterable[Duty]:
    for part in held.co_handlings:
        users = [(part.fed_back_by, "反馈人")]
        yield held.duty("协办", part.unit, users, articles(Move.CALL_IN), _helped(held, part))


def _helped(held: Held, part: CoHandling) -> Standing:
    if part.fed_back_on:
        return held.done(part.fed_back_on, "反馈")
    if part.released_on:
        return Light("grey", f"{say_day(part.released_on, held.on)}取消协办"), Stand.WAITING
    return held.stand(Rule.CO_HANDLING, unit=part.unit_id)


def _signing(held: Held) -> Iterable[Duty]:
    if held.case.responsible:
        signed = held.last(Move.SIGN)
        stand = held.done(timezone.localdate(signed.happened_at), "签发") if signed else _unsigned()
        users = [(signed.actor if signed else None, "签发人")]
        yield held.duty("审批签发", held.case.responsible, users, articles(Move.SIGN), stand)


def _unsigned() -> Standing:
    return Light("grey", "尚未签发"), Stand.WAITING


def _executing(held: Held) -> Iterable[Duty]:
    if held.case.responsible and held.clock(Rule.EXECUTION):
        users = [(held.case.assignee, "承办人")]
        basis = articles(Move.ORDER_EXECUTION)
        yield held.duty("执行处理意见", held.case.responsible, users, basis, held.stand(Rule.EXECUTION))


def _reviewing(held: Held) -> Iterable[Duty]:
    """List the bodies that were asked; as long as none was, the one that the opinion names."""
    if not held.reviews and held.opinion:
        right = held.clock(Rule.REVIEW_REQUEST)
        stand = (Light("grey", _right(held)), Stand.WAITING) if right else NOT_BEGUN
        yield held.duty("复查", held.opinion.review_body, (), articles(Move.ACCEPT_REVIEW), stand)
    for review in sorted(held.reviews, key=lambda review: review.pk):
        is_recheck = review.kind == ReviewKind.RECHECK
        basis = articles(Move.SIGN_RECHECK if is_recheck else Move.SIGN_REVIEW)
        users = [(review.drafted_by, "拟稿人"), (review.signed_by, "签发人")] if review.signed_on else []
        yield held.duty(str(ReviewKind(review.kind).label), review.body, users, basis, _reviewed(held, review))


def _right(held: Held) -> str:
    right = held.clock(Rule.REVIEW_REQUEST)
    if right is None or not right.is_running or right.legal_on < held.on:
        return "没有申请"
    return f"信访人可申请至{say_day(right.legal_on, held.on)}"


def _reviewed(held: Held, review: Review) -> Standing:
    if review.signed_on:
        return held.done(review.signed_on, "签发")
    if review.declined_on:
        return held.done(review.declined_on, "决定不予受理")
    if review.ended_on:
        return Light("grey", f"{say_day(review.ended_on, held.on)}不再办理"), Stand.WAITING
    return held.stand(Rule.RECHECK if review.kind == ReviewKind.RECHECK else Rule.REVIEW)


def _watching(held: Held) -> Iterable[Duty]:
    """List the petition office that watches over the matter, which the unit and the petitioner can ring up."""
    for unit in (held.case.assigner, held.case.sender, held.case.registered_unit):
        if unit and unit.kind == UnitKind.PETITION_OFFICE:
            stand = Light("grey", "全程"), Stand.RUNNING if held.case.is_open else Stand.DONE
            yield held.duty("信访部门联系督办", unit, (), "第四十条第一款", stand)
            return


_BUILDERS: tuple[Callable[[Held], Iterable[Duty]], ...] = (
    _registering,
    _sending,
    _informing,
    _handling,
    _helping,
    _signing,
    _executing,
    _reviewing,
    _watching,
)
