"""Templates of a kind in force, and their history."""

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import Refusal
from binzhou_xinfang.letters.kinds import LetterKind
from binzhou_xinfang.letters.models import LetterTemplate
from binzhou_xinfang.letters.own_templates.checking import Findings, check
from binzhou_xinfang.reading import Prepared
from binzhou_xinfang.records import files, ledger
from binzhou_xinfang.records.file_types import DOCX
from binzhou_xinfang.typed import cleaned

LONGEST_NAME = 200
_DELIVERED = "系统模板"
_last = Prepared(lambda kind: history(kind)[:1])


def in_force(kind: LetterKind) -> LetterTemplate | None:
    """Find the bureau's own template of this kind with its file; None when the delivered one is in force."""
    last = _last(kind.value)
    return last[0] if last and last[0].file is not None else None


def all_in_force() -> dict[LetterKind, LetterTemplate]:
    """Find the bureau's own templates in force, of every kind that has one."""
    last = LetterTemplate.objects.order_by("kind", "-pk").distinct("kind")
    templates = LetterTemplate.objects.filter(pk__in=last.values("pk"), file__isnull=False).select_related("put_by")
    return {LetterKind(each.kind): each for each in templates}


def history(kind: str) -> QuerySet[LetterTemplate]:
    """List all changes of this kind, the last one first."""
    return LetterTemplate.objects.filter(kind=kind).select_related("file", "put_by").order_by("-pk")


@transaction.atomic
def put(
    kind: LetterKind, upload: "UploadedFile[bytes]", *, by: Post, reason: str = "", seen: int | None = None
) -> Findings:
    """Check the template and put it in force from now on. Raises Refusal (field "file") naming what is wrong, and Stale
    when it was changed after the event `seen`.
    """
    _refuse_stale(kind, seen)
    stored = files.store(upload)
    if stored.content_type != DOCX.content_type:
        raise Refusal("模板必须是 Word 文档（.docx）。", field="file")
    with files.open_file(stored) as content:
        findings = check(kind, content.read())
    name = cleaned(upload.name or "")[-LONGEST_NAME:]
    before = in_force(kind)
    LetterTemplate.objects.create(
        kind=kind, file=stored, name=name, put_at=timezone.now(), put_by=by.user, post_label=by.label
    )
    _note(ledger.TEMPLATE_PUT, kind, before.name if before else _DELIVERED, name, by=by, reason=reason)
    return findings


def thing_of(kind: LetterKind) -> str:
    """Name the template of a kind as the ledger does."""
    return f"template:{kind.value}"


def _refuse_stale(kind: LetterKind, seen: int | None) -> None:
    ledger.lock()
    ledger.refuse_stale(thing_of(kind), seen=seen)


def _note(event: str, kind: LetterKind, before: str, after: str, *, by: Post, reason: str) -> None:
    """Write the change into the ledger of the house, which the auditor reads."""
    changes = [ledger.Changed("模板", before, after)]
    ledger.note(
        event, by=by, at=timezone.now(), of=thing_of(kind), label=str(kind.label), changes=changes, reason=reason
    )


@transaction.atomic
def withdraw(kind: LetterKind, *, by: Post, reason: str = "", seen: int | None = None) -> None:
    """Put the delivered template in force again. Raises Refusal when it is in force already, and Stale as `put`."""
    _refuse_stale(kind, seen)
    if (own := in_force(kind)) is None:
        raise Refusal(f"{kind.label}正在使用系统模板，没有可以停用的自备模板。")
    LetterTemplate.objects.create(kind=kind, put_at=timezone.now(), put_by=by.user, post_label=by.label)
    _note(ledger.TEMPLATE_WITHDRAWN, kind, own.name, _DELIVERED, by=by, reason=reason)
