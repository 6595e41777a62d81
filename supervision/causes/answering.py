"""The receipt, the written answer, and the office's judgement of it."""

from collections.abc import Mapping
from datetime import date, datetime

from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.notices.outbox import tell
from binzhou_xinfang.process.steps import State, Step
from binzhou_xinfang.process.taking import verb
from binzhou_xinfang.typed import shortened
from cases.engine import refuse_future
from supervision.causes.life import (
    BY_HEAD,
    BY_OFFICE,
    BY_UNIT,
    HAS_LETTER,
    HAS_NO_LETTER,
    IS_ON_THE_WAY,
    IS_TOLD_ELSEWHERE,
    CauseEffect,
    causes,
)
from supervision.causes.notices import ANSWER, RETURNED, TO_SIGN
from supervision.causes.owed import ANSWER_CLOCKS
from supervision.causes.papers import Files, keep_files, write_record
from supervision.causes.steps import CauseStep
from supervision.models import Adoption, Answer, Family, Stage, SupervisionCase
from supervision.permissions import ANSWER_SIGNERS


@verb(
    causes,
    Step(
        key=CauseStep.RECEIPT,
        sources=frozenset({Stage.ISSUED}),
        targets=(Stage.ISSUED,),
        who=BY_UNIT,
        guards=(IS_ON_THE_WAY,),
        event="supervision-received",
    ),
)
def sign_for(cause: SupervisionCase, *, by: Post, at: datetime) -> CauseEffect:
    """签收: the unit has what was sent to it; from when is no question any more."""
    cause.received_at, cause.received_by = at, by.user
    return CauseEffect()


@verb(
    causes,
    Step(
        key=CauseStep.ANSWER,
        sources=frozenset({Stage.ISSUED}),
        targets=(Stage.SIGNING, Stage.ANSWERED),
        who=BY_UNIT,
        article="第四十条第四款",
        meets=ANSWER_CLOCKS,
        events={Stage.SIGNING: "supervision-answer-drafted", Stage.ANSWERED: "supervision-answered"},
    ),
)
def answer(
    cause: SupervisionCase, *, text: str, adoption: str = "", papers: Files = (), by: Post, at: datetime
) -> CauseEffect:
    """书面反馈 of the unit, with evidence. A head's own goes out, and its clock is met; another's waits for the head's
    signature. `adoption`: of a proposal."""
    is_signed = by.role in ANSWER_SIGNERS
    given = _take_in(cause, text, adoption, papers, given_on=timezone.localdate(at), is_received=False, by=by, at=at)
    if not is_signed:
        tell(TO_SIGN, given.pk, at=at)
        return CauseEffect({"note": text}, target=Stage.SIGNING)
    return _send(cause, given, by=by, at=at)


@verb(
    causes,
    Step(
        key=CauseStep.SIGN_ANSWER,
        sources=frozenset({Stage.SIGNING}),
        targets=(Stage.ANSWERED,),
        who=BY_HEAD,
        article="第四十条第四款",
        meets=ANSWER_CLOCKS,
        event="supervision-answered",
    ),
)
def sign_answer(cause: SupervisionCase, *, by: Post, at: datetime) -> CauseEffect:
    """签发反馈: the unit's head answers for it; from this day it counts, and the office judges it."""
    return _send(cause, cause.answers.get(is_accepted=None), by=by, at=at)


@verb(
    causes,
    Step(
        key=CauseStep.RETURN_ANSWER,
        sources=frozenset({Stage.SIGNING}),
        targets=(Stage.ISSUED,),
        who=BY_HEAD,
        event="supervision-answer-back",
        onward=False,
    ),
)
def return_answer(cause: SupervisionCase, *, reason: str, by: Post, at: datetime) -> CauseEffect:
    """退回修改: written anew, within the days that run on; what was written stays in the course of the matter."""
    return CauseEffect({"note": reason})


def _send(cause: SupervisionCase, given: Answer, *, by: Post, at: datetime) -> CauseEffect:
    given.signed_by, given.at, given.given_on = by.user, at, timezone.localdate(at)
    given.is_late = cause.clock is not None and cause.clock.legal_on < given.given_on
    given.save(update_fields=["signed_by", "at", "given_on", "is_late"])
    tell(ANSWER, given.pk, at=at)
    return CauseEffect({"note": given.text}, target=Stage.ANSWERED, met_on=given.given_on)


@verb(
    causes,
    Step(
        key=CauseStep.RECEIVE,
        sources=frozenset({Stage.ISSUED}),
        targets=(Stage.ANSWERED,),
        who=BY_OFFICE,
        guards=(IS_TOLD_ELSEWHERE,),
        article="第四十条第四款",
        meets=ANSWER_CLOCKS,
        event="supervision-answered",
    ),
)
def receive(
    cause: SupervisionCase, *, text: str, given_on: date, adoption: str = "", papers: Files = (), by: Post, at: datetime
) -> CauseEffect:
    """登记书面反馈: an answer on paper, as of the day on which the office got it."""
    refuse_future(given_on, at=at, field="given_on")
    if cause.issued_on and given_on < cause.issued_on:
        raise Refusal("收到反馈的日期不能早于发函日期。", field="given_on")
    given = _take_in(cause, text, adoption, papers, given_on=given_on, is_received=True, by=by, at=at)
    tell(ANSWER, given.pk, at=at)
    return CauseEffect({"note": text}, met_on=given_on)


def _take_in(
    cause: SupervisionCase,
    text: str,
    adoption: str,
    papers: Files,
    *,
    given_on: date,
    is_received: bool,
    by: Post,
    at: datetime,
) -> Answer:
    if cause.family is Family.PROPOSAL and adoption not in Adoption.values:
        raise Refusal("请选择采纳情况。", field="adoption")
    said = {
        "text": text, "adoption": adoption if cause.family is Family.PROPOSAL else "", "by_user": by.user,
        "unit": cause.unit, "is_received": is_received, "given_on": given_on, "at": at, "signed_by": None,
        "is_late": cause.clock is not None and cause.clock.legal_on < given_on,
    }  # fmt: skip
    # One that the head gave back is written anew, with its evidence: the course has what stood there.
    back = cause.answers.filter(is_accepted=None).first()
    kept = list(back.files.all()) if back else []
    if back:
        back.delete()
    given = Answer.objects.create(supervision=cause, **said)
    given.files.set([*kept, *keep_files(cause, papers, by=by, at=at)])
    if cause.is_on_the_way:
        # Who answers has it.
        cause.received_at, cause.received_by = at, by.user
    return given


_CONCLUDED: Mapping[State, str] = {Stage.SETTLED: "supervision-accepted", Stage.ISSUED: "supervision-returned"}


@verb(
    causes,
    Step(
        key=CauseStep.JUDGE,
        sources=frozenset({Stage.ANSWERED}),
        targets=(Stage.SETTLED, Stage.ISSUED),
        who=BY_OFFICE,
        guards=(HAS_LETTER,),
        starts=ANSWER_CLOCKS,
        events=_CONCLUDED,
    ),
)
def judge(
    cause: SupervisionCase, *, is_accepted: bool, verdict: str, due_on: date | None = None, by: Post, at: datetime
) -> CauseEffect:
    """审核反馈: accepted it is settled; sent back it is answered anew, with a clock of its own until `due_on`."""
    return _conclude(cause, is_accepted=is_accepted, verdict=verdict, due_on=due_on, by=by, at=at)


@verb(
    causes,
    Step(
        key=CauseStep.RECHECK,
        sources=frozenset({Stage.ANSWERED}),
        targets=(Stage.SETTLED, Stage.ISSUED),
        who=BY_OFFICE,
        guards=(HAS_NO_LETTER,),
        starts=ANSWER_CLOCKS,
        events=_CONCLUDED,
    ),
)
def recheck(
    cause: SupervisionCase,
    *,
    is_accepted: bool,
    way: str,
    held_on: date,
    text: str,
    place: str = "",
    papers: Files = (),
    due_on: date | None = None,
    by: Post,
    at: datetime,
) -> CauseEffect:
    """复核整改: look again whether it is put right, which takes it off the board; if not, it is to be by `due_on`."""
    refuse_future(held_on, at=at, field="held_on")
    write_record(
        cause, by=by, at=at, papers=papers, is_recheck=True, way=way, held_on=held_on, place=place, text=text,
        due_on=due_on,
    )  # fmt: skip
    return _conclude(cause, is_accepted=is_accepted, verdict=shortened(text, 500), due_on=due_on, by=by, at=at)


def _conclude(
    cause: SupervisionCase, *, is_accepted: bool, verdict: str, due_on: date | None, by: Post, at: datetime
) -> CauseEffect:
    if not is_accepted and not verdict.strip():
        raise Refusal("退回补充应当写明理由。", field="verdict")
    duty = cause.deadline
    if is_accepted and duty is not None and duty.is_running and not verdict.strip():
        raise Refusal(
            f"所督办的{duty.get_rule_display()}还没有完成，不能直接办结；确需办结的，请在审核意见中写明理由。",
            field="verdict",
        )
    if not is_accepted and (due_on is None or due_on <= timezone.localdate(at)):
        raise Refusal("请填写再次反馈的期限，应当晚于今天。", field="due_on")
    given = cause.answers.get(is_accepted=None)
    given.is_accepted, given.verdict, given.judged_by, given.judged_at = is_accepted, verdict, by.user, at
    given.save()
    if is_accepted:
        cause.settled_at, cause.handled_by = at, by.user
        return CauseEffect({"note": verdict}, target=Stage.SETTLED)
    tell(RETURNED, given.pk, at=at)
    return CauseEffect({"note": verdict}, target=Stage.ISSUED, due_on=due_on)
