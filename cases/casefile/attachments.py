"""附件: a file joins the matter. It changes no state, and no page that is open elsewhere becomes stale by it."""

import re
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import NotPermitted
from binzhou_xinfang.records import files
from binzhou_xinfang.records.event_fields import KEPT, EventField
from cases.engine import note
from cases.models import CaseAttachment, PetitionCase
from cases.permissions import may_attach
from cases.states import EVENTS

ATTACHED = EVENTS.declare("attached", "上传附件", {"name": EventField("文件："), "sha256": KEPT})
_LONGEST_NAME = 200
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def attach(seen: PetitionCase, *, upload: UploadedFile[Any], by: Post, at: datetime) -> CaseAttachment:
    """Keep the file with the matter and write it down. Raises NotPermitted; Refusal for a file that is not taken."""
    _refuse(seen, by)
    with transaction.atomic():
        case = PetitionCase.objects.select_for_update(no_key=True).get(pk=seen.pk)
        _refuse(case, by)
        return keep(case, upload=upload, by=by, at=at)


def keep(case: PetitionCase, *, upload: UploadedFile[Any], by: Post, at: datetime) -> CaseAttachment:
    """Put the file into the matter; the caller holds its row and has judged who may. Raises Refusal for the file."""
    stored, name = files.store(upload), _plain_name(upload.name or "")
    attached = CaseAttachment.objects.create(
        case=case, file=stored, name=name, unit=by.unit, uploaded_by=by.user, uploaded_at=at
    )
    note(case, ATTACHED, by=by, at=at, detail={"name": name, "sha256": stored.sha256})
    return attached


def _refuse(case: PetitionCase, by: Post) -> None:
    if not may_attach(by, case):
        raise NotPermitted("您当前的岗位不能给该事项上传附件；已办结的事项也不再上传。")


def _plain_name(name: str) -> str:
    """Strip the name of signs that would hide or turn round its end; short enough, its extension kept."""
    stem, dot, extension = _UNPRINTABLE.sub("", name).rpartition(".")
    return f"{stem[: _LONGEST_NAME - len(extension) - 1]}{dot}{extension}"
