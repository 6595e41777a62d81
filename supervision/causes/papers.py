"""Papers on file with a 督办件: its records, photos and files, which are the matter's."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import Refusal
from cases.attaching import keep_all
from cases.models import CaseAttachment
from supervision.models import Record, RecordFile, SupervisionCase

Files = Sequence[UploadedFile[Any]]
MOST_FILES = 20


def keep_files(cause: SupervisionCase, files: Files, *, by: Post, at: datetime) -> list[CaseAttachment]:
    """Put the files into the matter. Raises Refusal that names each one that is not taken."""
    if len(files) > MOST_FILES:
        raise Refusal(f"一次最多上传{MOST_FILES}个文件。", field="papers")
    return list(keep_all(cause.case, uploads=files, by=by, at=at))


def write_record(cause: SupervisionCase, *, by: Post, at: datetime, papers: Files = (), **columns: Any) -> Record:
    """Keep a record with its photos and papers. The caller holds the matter."""
    made = Record.objects.create(supervision=cause, by_user=by.user, at=at, **columns)
    kept = keep_files(cause, papers, by=by, at=at)
    RecordFile.objects.bulk_create(RecordFile(record=made, attachment=attachment) for attachment in kept)
    return made
