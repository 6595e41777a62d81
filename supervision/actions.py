"""The verbs of 督办: drop, record a talk, send, answer, accept or send back. Each is one transaction with its event."""

from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import NotPermitted, Refusal
from binzhou_xinfang.notices.models import Outbox
from binzhou_xinfang.records.letter_kinds import LetterKind
from binzhou_xinfang.statute.models import current_rulebook
from binzhou_xinfang.statute.periods import Rule
from cases.actions.attachments import attach
from cases.actions.engine import note as write_event
from cases.clocks import new_clock, refresh_due
from cases.draft_steps import DraftStep
from cases.feedback import feedback_rule, working_days_until
from cases.ladder import arm
from cases.models import CaseAttachment, Deadline, LetterDraft, PetitionCase
from supervision.models import Answer, Measure, Stage, SupervisionCase, Trigger
from supervision.rules import may_answer, may_judge


def _locked(seen: SupervisionCase, *stages: Stage) -> SupervisionCase:
    """The matter first, then the row: the order in which everybody locks. Raises Refusal in another stage."""
    PetitionCase.objects.select_for_update(no_key=True).get(pk=seen.case_id)
    found = SupervisionCase.objects.select_for_update(of=("self",)).get(pk=seen.pk)
    if found.stage not in stages:
        raise Refusal(f"这件督办现为“{found.get_stage_display()}”，请刷新后核对。")
    return found


def _event(found: SupervisionCase, kind: str, *, by: Post, at: datetime, **detail: Any) -> None:
    said = {"supervision": found.pk, "document": found.get_measure_display(), "problem": found.problem}
    write_event(found.case, kind, by=by, at=at, detail=said | detail)


@transaction.atomic
def drop(seen: SupervisionCase, *, reason: str, by: Post, at: datetime) -> SupervisionCase:
    """不予发函, with the reason. Raises NotPermitted, Refusal."""
    if not may_judge(by, seen):
        raise NotPermitted("您当前的岗位不能处理这件督办。")
    found = _locked(seen, Stage.PENDING)
    if not reason.strip():
        raise Refusal("请写明不予发函的理由。", field="reason")
    found.stage, found.note, found.handled_by, found.settled_at = Stage.DROPPED, reason, by.user, at
    found.save()
    _event(found, "supervision-dropped", by=by, at=at, note=reason)
    return found


@transaction.atomic
def record_talk(seen: SupervisionCase, *, note: str, held_on: date, by: Post, at: datetime) -> SupervisionCase:
    """约谈、挂牌督办 done: when, and what came of it (条例第三十九条). Raises NotPermitted, Refusal."""
    if not may_judge(by, seen):
        raise NotPermitted("您当前的岗位不能处理这件督办。")
    found = _locked(seen, Stage.PENDING)
    if found.measure != Measure.TALK:
        raise Refusal("这件督办应当发函，不是约谈。")
    if held_on > timezone.localdate(at):
        raise Refusal("约谈日期不能晚于今天。", field="held_on")
    found.stage, found.note, found.handled_by, found.settled_at = Stage.SETTLED, note, by.user, at
    found.save()
    _event(found, "supervision-talk", by=by, at=at, note=note, held_on=held_on)
    return found


def follow_draft(draft: LetterDraft, step: DraftStep, by: Post, at: datetime) -> None:
    """One of `settings.DRAFT_FOLLOWERS`: a signed letter starts the clock of its answer, a discarded one goes back.

    The caller holds the matter.
    """
    measure = Measure.of(LetterKind(draft.kind))
    if measure is None:
        return
    found = SupervisionCase.objects.filter(draft=draft).first()
    if step is DraftStep.DISCARD and found:
        found.stage, found.draft = Stage.PENDING, None
        found.save()
    elif step is DraftStep.SIGN:
        _issue(found or _by_hand(draft, measure, at), draft, at=at)


def take_up(seen: SupervisionCase, draft: LetterDraft) -> None:
    """The cause has its draft. The caller holds the matter, in the transaction of the draft."""
    SupervisionCase.objects.filter(pk=seen.pk, stage=Stage.PENDING).update(stage=Stage.DRAFTED, draft=draft)


def _by_hand(draft: LetterDraft, measure: Measure, at: datetime) -> SupervisionCase:
    """A letter that somebody wrote without being asked by a deadline."""
    case = draft.case
    return SupervisionCase(
        case=case, office=draft.unit, unit=case.responsible or case.holder, measure=measure, trigger=Trigger.HAND,
        key=f"hand:{draft.pk}", problem=str(draft.facts.get("problem") or draft.label)[:200],
        article=str(draft.facts.get("basis") or "")[:200], opened_at=at, draft=draft,
    )  # fmt: skip


def _issue(found: SupervisionCase, draft: LetterDraft, *, at: datetime) -> None:
    on = timezone.localdate(at)
    found.stage, found.draft, found.issued_on = Stage.ISSUED, draft, on
    found.clock = _start_clock(found, LetterKind(draft.kind), draft.told.get("feedback_due_on"), at=at)
    found.save()
    _tell("supervision-letter", found.pk, at)


def _start_clock(found: SupervisionCase, kind: LetterKind, due_on: date | None, *, at: datetime) -> Deadline | None:
    """The clock of the answer: until the day that the letter names. An older one of the same unit gives way to it."""
    rule, on = feedback_rule(kind), timezone.localdate(at)
    if rule is None:
        return None
    days = working_days_until(due_on, since=on) if rule is Rule.LETTER_FEEDBACK and due_on else None
    case = PetitionCase.objects.get(pk=found.case_id)
    case.deadlines.running().filter(rule=rule, unit=found.unit).update(cancelled_on=on, suspended_on=None)
    clock = new_clock(case, rule, on=on, unit=found.unit, days=days)
    arm(clock, current_rulebook().on(on).ladder(rule), at=at)
    clock.save()
    _refresh(case, on)
    return clock


def _refresh(case: PetitionCase, on: date) -> None:
    if case.is_open:
        refresh_due(case, case.deadlines.running(), on=on)
        case.save(update_fields=["due_on", "due_rule"])


def _tell(topic: str, subject: int, at: datetime) -> None:
    Outbox.objects.create(topic=topic, subject=subject, send_after=at, created_at=at)


@transaction.atomic
def answer(seen: SupervisionCase, *, text: str, file: UploadedFile[Any] | None, by: Post, at: datetime) -> Answer:
    """反馈 of the unit in writing, with evidence; its clock is met. Raises NotPermitted, Refusal."""
    if not may_answer(by, seen):
        raise NotPermitted("您当前的岗位不能反馈这件督办。")
    found = _locked(seen, Stage.ISSUED)
    on = timezone.localdate(at)
    is_late = found.clock is not None and found.clock.legal_on < on
    given = Answer.objects.create(
        supervision=found, text=text, evidence=_evidence(found, file, by=by, at=at), by_user=by.user, unit=by.unit,
        at=at, is_late=is_late,
    )  # fmt: skip
    if found.clock_id:
        Deadline.objects.running().filter(pk=found.clock_id).update(met_on=on)
        _refresh(PetitionCase.objects.get(pk=found.case_id), on)
    found.stage = Stage.ANSWERED
    found.save()
    _event(found, "supervision-answered", by=by, at=at, note=text)
    _tell("supervision-answer", given.pk, at)
    return given


def _evidence(
    found: SupervisionCase, file: UploadedFile[Any] | None, *, by: Post, at: datetime
) -> CaseAttachment | None:
    return attach(found.case, upload=file, by=by, at=at) if file else None


@transaction.atomic
def judge(
    seen: SupervisionCase, *, is_accepted: bool, verdict: str, due_on: date | None = None, by: Post, at: datetime
) -> SupervisionCase:
    """审核反馈: accepted it is settled; sent back it is answered anew, with a clock of its own until `due_on`.

    Raises NotPermitted, Refusal when the reason or the day is missing.
    """
    if not may_judge(by, seen):
        raise NotPermitted("您当前的岗位不能审核这件督办的反馈。")
    found = _locked(seen, Stage.ANSWERED)
    if not is_accepted and not verdict.strip():
        raise Refusal("退回补充应当写明理由。", field="verdict")
    if not is_accepted and (due_on is None or due_on <= timezone.localdate(at)):
        raise Refusal("请填写再次反馈的期限，应当晚于今天。", field="due_on")
    given = found.answers.get(is_accepted=None)
    given.is_accepted, given.verdict, given.judged_by, given.judged_at = is_accepted, verdict, by.user, at
    given.save()
    if is_accepted:
        found.stage, found.settled_at, found.handled_by = Stage.SETTLED, at, by.user
    else:
        found.stage = Stage.ISSUED
        kind = Measure(found.measure).kind
        found.clock = _start_clock(found, kind, due_on, at=at) if kind else None
        _tell("supervision-returned", given.pk, at)
    found.save()
    _event(found, "supervision-accepted" if is_accepted else "supervision-returned", by=by, at=at, note=verdict)
    return found
