"""What every verb of 督办 does alike: lock in one order, refuse, start the clock of an answer, write the event."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import NotPermitted, Refusal
from binzhou_xinfang.statute.periods import Rule
from cases.casefile.attachments import keep
from cases.clocks.beside import start_beside
from cases.engine import mark_supervised
from cases.engine import note as write_event
from cases.models import CaseAttachment, PetitionCase
from supervision.causes.permissions import Act, may
from supervision.models import TAKEN_UP, SupervisionCase

MOST_FILES = 20


def begin(seen: SupervisionCase, act: Act, by: Post) -> SupervisionCase:
    """The row, locked for the act: the matter first, then the row, the order in which everybody locks.

    Raises NotPermitted; Refusal when it stands in another stage by now.
    """
    PetitionCase.objects.select_for_update(no_key=True).get(pk=seen.case_id)
    found = SupervisionCase.objects.select_for_update(of=("self",)).get(pk=seen.pk)
    # As it stands now: its unit may have become another since it was read.
    if not may(by, act, found):
        raise NotPermitted(f"您当前的岗位不能对这件督办“{act.label}”。")
    if found.stage != act.stage:
        raise Refusal(f"这件督办现为“{found.get_stage_display()}”，请刷新后核对。")
    return found


def store(found: SupervisionCase) -> None:
    """Save it, and say on the matter whether it is 督办中."""
    found.save()
    others = SupervisionCase.objects.filter(case=found.case_id, stage__in=TAKEN_UP)
    mark_supervised(found.case_id, is_supervised=found.stage in TAKEN_UP or others.exists())


def tell_course(found: SupervisionCase, kind: str, *, by: Post, at: datetime, **detail: Any) -> None:
    """Write the event into the course of the matter."""
    said = {"supervision": found.pk, "document": found.get_measure_display(), "problem": found.problem}
    write_event(found.case, kind, by=by, at=at, detail=said | detail)


def start_clock(found: SupervisionCase, rule: Rule, *, on: date, at: datetime, days: int | None) -> None:
    """The clock of the answer; one that still runs for the same 督办件 gives way to it."""
    found.clock = start_beside(found.case_id, rule, subject=found.subject, unit=found.unit, on=on, at=at, days=days)


def keep_files(
    found: SupervisionCase, files: Sequence[UploadedFile[Any]], *, by: Post, at: datetime
) -> list[CaseAttachment]:
    """Put the files into the matter. Raises Refusal for one that is not taken."""
    if len(files) > MOST_FILES:
        raise Refusal(f"一次最多上传{MOST_FILES}个文件。", field="papers")
    return [keep(found.case, upload=file, by=by, at=at) for file in files]
