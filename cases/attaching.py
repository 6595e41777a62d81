"""附件: files join the matter, by themselves or as the papers of a move."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import NotPermitted, Refusal
from binzhou_xinfang.records import events, files
from binzhou_xinfang.records.event_fields import KEPT, EventField
from binzhou_xinfang.typed import cleaned
from cases.models import CaseAttachment, CaseEvent, PetitionCase
from cases.permissions import may_attach
from cases.states import EVENTS, Paper, PaperKind

ATTACHED = EVENTS.declare("attached", "上传附件", {"name": EventField("文件："), "sha256": KEPT})
# What is sent as a paper: a new file, or one that the matter has already.
Sheet = UploadedFile[Any] | CaseAttachment
Files = Sequence[UploadedFile[Any]]
Kept = Mapping[PaperKind, CaseAttachment]
_LONGEST_NAME = 200


@dataclass(frozen=True)
class Papers:
    """The papers that are sent with a move, by their kind."""

    sheets: Mapping[PaperKind, Sheet] = field(default_factory=dict)

    def __contains__(self, kind: PaperKind) -> bool:
        return kind in self.sheets

    def __bool__(self) -> bool:
        return bool(self.sheets)


def attach(seen: PetitionCase, *, upload: UploadedFile[Any], by: Post, at: datetime) -> CaseAttachment:
    """Keep the file with the matter and write it down; no page that is open elsewhere becomes stale by it.

    Raises NotPermitted; Refusal for a file that is not taken.
    """
    _refuse(seen, by)
    with transaction.atomic():
        case = PetitionCase.objects.select_for_update(no_key=True).get(pk=seen.pk)
        _refuse(case, by)
        return keep(case, upload=upload, by=by, at=at)


@dataclass(frozen=True)
class Taken:
    """Outcome for several files: those that the matter has now, and what is said of each that was not taken."""

    kept: Sequence[CaseAttachment]
    refused: Sequence[str]


def attach_each(seen: PetitionCase, *, uploads: Files, by: Post, at: datetime) -> Taken:
    """Keep those of the files that can be taken, and say of each other why not. Raises NotPermitted."""
    _refuse(seen, by)
    with transaction.atomic():
        case = PetitionCase.objects.select_for_update(no_key=True).get(pk=seen.pk)
        _refuse(case, by)
        return _take(case, uploads, by=by, at=at)


def keep_all(
    case: PetitionCase, *, uploads: Files, by: Post, at: datetime, field: str = "papers"
) -> Sequence[CaseAttachment]:
    """Put all the files into the matter; the caller holds its row. Raises Refusal, at the field, that names each file
    that is not taken; then none is kept."""
    taken = _take(case, uploads, by=by, at=at)
    if taken.refused:
        raise Refusal("；".join(taken.refused), field=field)
    return taken.kept


def _take(case: PetitionCase, uploads: Files, *, by: Post, at: datetime) -> Taken:
    kept, refused = [], []
    for upload in uploads:
        try:
            kept.append(keep(case, upload=upload, by=by, at=at))
        except Refusal as refusal:
            refused.append(f"“{_plain_name(upload.name or '')}”：{refusal}")
    return Taken(kept, refused)


def keep(
    case: PetitionCase, *, upload: UploadedFile[Any], by: Post, at: datetime, kind: PaperKind | None = None
) -> CaseAttachment:
    """Put the file into the matter; the caller holds its row and has judged who may. Raises Refusal for the file."""
    stored, name = files.store(upload), _plain_name(upload.name or "")
    attached = CaseAttachment.objects.create(
        case=case, file=stored, name=name, kind=kind or "", unit=by.unit, uploaded_by=by.user, uploaded_at=at
    )
    detail = {"name": name, "sha256": stored.sha256}
    events.append(CaseEvent, case, kind=ATTACHED, by=by, happened_at=at, detail=detail)
    return attached


def refuse_missing(asked: Iterable[Paper], papers: Papers) -> None:
    """Raise Refusal, at its field, for one of these papers that was not sent."""
    for paper in asked:
        if paper.kind not in papers:
            raise Refusal(f"请附上{paper.kind.label}。", field=paper.field)


def keep_papers(
    case: PetitionCase, asked: tuple[Paper, ...], papers: Papers, *, by: Post, at: datetime
) -> dict[PaperKind, CaseAttachment]:
    """Put the papers of a move into the matter and map them by kind; what the matter has already gets its kind.

    The caller holds the row. Raises Refusal, at its field, for a file that is not taken.
    """
    sent = [paper for paper in asked if paper.kind in papers]
    return {paper.kind: _keep_paper(case, paper, papers.sheets[paper.kind], by=by, at=at) for paper in sent}


def told_papers(kept: Kept) -> list[str]:
    """Tell the papers of a move as its event does."""
    return [f"{kind.label}（{file.name}）" for kind, file in kept.items()]


def _keep_paper(case: PetitionCase, paper: Paper, sheet: Sheet, *, by: Post, at: datetime) -> CaseAttachment:
    if isinstance(sheet, CaseAttachment):
        kept = case.attachments.get(pk=sheet.pk)
        kept.kind = paper.kind
        kept.save(update_fields=["kind"])
    else:
        try:
            kept = keep(case, upload=sheet, by=by, at=at, kind=paper.kind)
        except Refusal as refusal:
            raise Refusal(str(refusal), field=paper.field) from refusal
    return kept


def _refuse(case: PetitionCase, by: Post) -> None:
    if not may_attach(by, case):
        raise NotPermitted("您当前的岗位不能给该事项上传附件；已作废的登记也不上传。")


def _plain_name(name: str) -> str:
    """Strip the name of signs that would hide or turn round its end; short enough, its extension kept."""
    stem, dot, extension = " ".join(cleaned(name).split()).rpartition(".")
    return f"{stem[: _LONGEST_NAME - len(extension) - 1]}{dot}{extension}"
