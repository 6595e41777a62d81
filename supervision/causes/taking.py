"""Bringing a cause up by hand, dropping it, recording a 督查, setting a matter on the board."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post, Unit
from binzhou_xinfang.errors import NotPermitted, Refusal
from binzhou_xinfang.notices.outbox import tell
from cases.engine import refuse_future
from cases.models import PetitionCase
from cases.queries import visible_to
from supervision.causes import permissions as rules
from supervision.causes.letters import wait_for_answer
from supervision.causes.notices import LETTER
from supervision.causes.opening import open_cause
from supervision.causes.shared import begin, keep_files, store, tell_course
from supervision.models import Level, Measure, Record, RecordFile, Stage, SupervisionCase, Trigger


@transaction.atomic
def bring_up(
    seen: PetitionCase,
    *,
    measure: Measure,
    unit: Unit,
    problem: str,
    article: str,
    also: Sequence[PetitionCase] = (),
    by: Post,
    at: datetime,
) -> SupervisionCase:
    """提出督办 by a person. Raises NotPermitted; Refusal when the same is being dealt with already."""
    case = PetitionCase.objects.select_for_update(no_key=True).get(pk=seen.pk)
    if not rules.may_open(by, case) or not visible_to(by).filter(pk=case.pk).exists():
        raise NotPermitted("您当前的岗位不能对该事项提出督办。")
    if unit.pk == by.unit_id:
        raise Refusal("督办单位不能督办自己，请选择其他单位。", field="unit")
    same = SupervisionCase.objects.filter(case=case, unit=unit, measure=measure, office=by.unit, stage=Stage.PENDING)
    if same.exists():
        raise Refusal(f"对{unit.name}已有一件待处理的{measure.label}，请先处理那一件。", field="measure")
    found = open_cause(
        case, office=by.unit, unit=unit, measure=measure, trigger=Trigger.HAND,
        key=f"hand:{case.pk}:{measure.value}:{unit.pk}:{at.isoformat()}", problem=problem, article=article, at=at,
    )  # fmt: skip
    if found is None:
        raise Refusal("这件督办刚刚已由他人提出，请刷新后核对。")
    found.also.set(also)
    tell_course(found, "supervision-opened", by=by, at=at)
    return found


@transaction.atomic
def drop(seen: SupervisionCase, *, reason: str, by: Post, at: datetime) -> SupervisionCase:
    """不予督办, with the reason. Raises NotPermitted, Refusal."""
    found = begin(seen, rules.DROP, by)
    if not reason.strip():
        raise Refusal("请写明不予督办的理由。", field="reason")
    found.stage, found.note, found.handled_by, found.settled_at = Stage.DROPPED, reason, by.user, at
    store(found)
    tell_course(found, "supervision-dropped", by=by, at=at, note=reason)
    return found


@transaction.atomic
def record(
    seen: SupervisionCase,
    *,
    held_on: date,
    text: str,
    place: str = "",
    people: str = "",
    findings: Sequence[str] = (),
    demands: Sequence[str] = (),
    due_on: date | None = None,
    papers: Sequence[UploadedFile[Any]] = (),
    by: Post,
    at: datetime,
) -> SupervisionCase:
    """登记督查 (条例第三十八条第二款): what was found is to be put right by `due_on`; without findings it is over.

    Raises NotPermitted, Refusal.
    """
    found, on = begin(seen, rules.RECORD, by), timezone.localdate(at)
    refuse_future(held_on, at=at, field="held_on")
    if findings and (due_on is None or due_on <= on):
        raise Refusal("发现问题的，请填写整改期限，应当晚于今天。", field="due_on")
    if due_on and not findings:
        raise Refusal("填写了整改期限，请逐条写明发现的问题；没有问题的不填期限。", field="findings")
    made = write_record(
        found, by=by, at=at, papers=papers, way=found.measure, held_on=held_on, place=place, people=people, text=text,
        findings=list(findings), demands=list(demands), due_on=due_on,
    )  # fmt: skip
    found.issued_on, found.handled_by = on, by.user
    if due_on:
        _await(found, due_on, on=on, at=at)
    else:
        found.stage, found.settled_at = Stage.SETTLED, at
        store(found)
    tell_course(found, "supervision-recorded", by=by, at=at, held_on=held_on, note=made.text, findings=made.findings)
    return found


@transaction.atomic
def list_on_board(
    seen: SupervisionCase,
    *,
    level: Level,
    text: str,
    demands: Sequence[str],
    due_on: date,
    by: Post,
    at: datetime,
) -> SupervisionCase:
    """列入挂牌督办 (条例第三十九条第三款): on the board until the office has found it put right.

    Raises NotPermitted, Refusal.
    """
    found, on = begin(seen, rules.LIST, by), timezone.localdate(at)
    if due_on <= on:
        raise Refusal("整改期限应当晚于今天。", field="due_on")
    listed = SupervisionCase.objects.filter(case=found.case_id, unit=found.unit_id, measure=Measure.LISTING)
    if listed.filter(stage__in=(Stage.ISSUED, Stage.ANSWERED)).exists():
        raise Refusal("该事项已对这个单位挂牌督办，摘牌后才能再次挂牌。", field="level")
    found.measure, found.level, found.issued_on, found.handled_by = Measure.LISTING, level, on, by.user
    write_record(found, by=by, at=at, held_on=on, text=text, demands=list(demands), due_on=due_on)
    _await(found, due_on, on=on, at=at)
    tell_course(found, "supervision-listed", by=by, at=at, level=Level(level).label, note=text)
    return found


def _await(found: SupervisionCase, due_on: date, *, on: date, at: datetime) -> None:
    found.stage = Stage.ISSUED
    store(found)
    wait_for_answer(found, due_on, on=on, at=at)
    found.save(update_fields=["clock"])
    tell(LETTER, found.pk, at=at)


def write_record(
    found: SupervisionCase, *, by: Post, at: datetime, papers: Sequence[UploadedFile[Any]] = (), **columns: Any
) -> Record:
    """Keep a record with its photos and papers. The caller holds the matter."""
    made = Record.objects.create(supervision=found, by_user=by.user, at=at, **columns)
    kept = keep_files(found, papers, by=by, at=at)
    RecordFile.objects.bulk_create(RecordFile(record=made, attachment=attachment) for attachment in kept)
    return made
