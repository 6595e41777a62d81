"""The receipt and the written answer, and what the office makes of it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.notices.outbox import tell
from cases.clocks.beside import meet_beside
from cases.engine import refuse_future
from supervision.causes import permissions as rules
from supervision.causes.letters import wait_for_answer
from supervision.causes.notices import ANSWER, RETURNED
from supervision.causes.shared import begin, keep_files, store, tell_course
from supervision.causes.taking import write_record
from supervision.models import Adoption, Answer, Family, Stage, SupervisionCase

Files = Sequence[UploadedFile[Any]]


@transaction.atomic
def sign_for(seen: SupervisionCase, *, by: Post, at: datetime) -> SupervisionCase:
    """签收: the unit has what was sent to it; from when is no question any more. Raises NotPermitted, Refusal."""
    found = begin(seen, rules.RECEIPT, by)
    if not found.is_on_the_way:
        raise Refusal("这件督办已由本单位签收，请刷新后核对。")
    found.received_at, found.received_by = at, by.user
    found.save(update_fields=["received_at", "received_by"])
    tell_course(found, "supervision-received", by=by, at=at)
    return found


@transaction.atomic
def answer(
    seen: SupervisionCase, *, text: str, adoption: str = "", papers: Files = (), by: Post, at: datetime
) -> Answer:
    """书面反馈 of the unit, with evidence; its clock is met. `adoption`: of a proposal (条例第四十条第四款).

    Raises NotPermitted, Refusal.
    """
    found = begin(seen, rules.ANSWER, by)
    return _take_in(found, text, adoption, papers, given_on=timezone.localdate(at), is_received=False, by=by, at=at)


@transaction.atomic
def receive(
    seen: SupervisionCase, *, text: str, given_on: date, adoption: str = "", papers: Files = (), by: Post, at: datetime
) -> Answer:
    """登记书面反馈: an answer on paper, as of the day on which the office got it. Raises NotPermitted, Refusal."""
    found = begin(seen, rules.RECEIVE, by)
    refuse_future(given_on, at=at, field="given_on")
    if found.issued_on and given_on < found.issued_on:
        raise Refusal("收到反馈的日期不能早于发函日期。", field="given_on")
    return _take_in(found, text, adoption, papers, given_on=given_on, is_received=True, by=by, at=at)


def _take_in(
    found: SupervisionCase,
    text: str,
    adoption: str,
    papers: Files,
    *,
    given_on: date,
    is_received: bool,
    by: Post,
    at: datetime,
) -> Answer:
    if found.family is Family.PROPOSAL and adoption not in Adoption.values:
        raise Refusal("请选择采纳情况。", field="adoption")
    given = Answer.objects.create(
        supervision=found, text=text, adoption=adoption if found.family is Family.PROPOSAL else "", by_user=by.user,
        unit=found.unit, is_received=is_received, given_on=given_on, at=at,
        is_late=found.clock is not None and found.clock.legal_on < given_on,
    )  # fmt: skip
    given.files.set(keep_files(found, papers, by=by, at=at))
    if found.clock_id:
        meet_beside(found.clock_id, met_on=given_on, today=timezone.localdate(at))
    if found.is_on_the_way:
        # Who answers has it.
        found.received_at, found.received_by = at, by.user
    found.stage = Stage.ANSWERED
    store(found)
    tell_course(found, "supervision-answered", by=by, at=at, note=text)
    tell(ANSWER, given.pk, at=at)
    return given


@transaction.atomic
def judge(
    seen: SupervisionCase, *, is_accepted: bool, verdict: str, due_on: date | None = None, by: Post, at: datetime
) -> SupervisionCase:
    """审核反馈: accepted it is settled; sent back it is answered anew, with a clock of its own until `due_on`.

    Raises NotPermitted, Refusal when the reason or the day is missing.
    """
    found = begin(seen, rules.JUDGE, by)
    return _conclude(found, is_accepted=is_accepted, verdict=verdict, due_on=due_on, by=by, at=at)


@transaction.atomic
def recheck(
    seen: SupervisionCase,
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
) -> SupervisionCase:
    """复核整改: look again whether it is put right, which takes it off the board; if not, it is to be by `due_on`.

    Raises NotPermitted, Refusal.
    """
    found = begin(seen, rules.RECHECK, by)
    refuse_future(held_on, at=at, field="held_on")
    write_record(
        found, by=by, at=at, papers=papers, is_recheck=True, way=way, held_on=held_on, place=place, text=text,
        due_on=due_on,
    )  # fmt: skip
    return _conclude(found, is_accepted=is_accepted, verdict=text[:500], due_on=due_on, by=by, at=at)


def _conclude(
    found: SupervisionCase, *, is_accepted: bool, verdict: str, due_on: date | None, by: Post, at: datetime
) -> SupervisionCase:
    on = timezone.localdate(at)
    if not is_accepted and not verdict.strip():
        raise Refusal("退回补充应当写明理由。", field="verdict")
    if not is_accepted and (due_on is None or due_on <= on):
        raise Refusal("请填写再次反馈的期限，应当晚于今天。", field="due_on")
    given = found.answers.get(is_accepted=None)
    given.is_accepted, given.verdict, given.judged_by, given.judged_at = is_accepted, verdict, by.user, at
    given.save()
    if is_accepted:
        found.stage, found.settled_at, found.handled_by = Stage.SETTLED, at, by.user
    else:
        found.stage = Stage.ISSUED
        wait_for_answer(found, due_on, on=on, at=at)
        tell(RETURNED, given.pk, at=at)
    store(found)
    tell_course(found, "supervision-accepted" if is_accepted else "supervision-returned", by=by, at=at, note=verdict)
    return found
