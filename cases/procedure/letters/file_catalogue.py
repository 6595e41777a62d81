"""案卷目录: the papers in the file of a matter, in the order of their days."""

from datetime import date
from typing import Any

from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.letters.page_count import pages_of, pages_of_file, spans, total
from cases.facts.matter import Facts
from cases.merged import arrivals_of, attachments_of
from cases.models import PetitionCase


def catalogue(case: PetitionCase) -> list[dict[str, Any]]:
    """List one row for each arrival, letter and attachment, as the letter wants it, in the order of their days;
    `pages` is None where they are not known."""
    arrivals = [
        _row(f"信访件（{petition.get_channel_display()}）", petition.number, petition.arrived_on)
        for petition in arrivals_of(case).order_by("pk")
    ]
    letters = [
        _row(link.label, link.letter.number, link.letter.issued_on, pages=pages_of(link.letter))
        for link in case.letters.select_related("letter")
    ]
    attachments = [
        _row(
            f"附件：{attached.name}",
            "",
            timezone.localdate(attached.uploaded_at),
            pages=pages_of_file(attached.file),
            note=attached.file.sha256[:12],
        )
        for attached in attachments_of(case)
    ]
    return sorted([*arrivals, *letters, *attachments], key=lambda row: row["dated"])


def _row(name: str, number: str, dated: date, *, pages: int | None = None, note: str = "") -> dict[str, Any]:
    return {"name": name, "number": number, "dated": dated, "pages": pages, "note": note}


def catalogue_facts(case: PetitionCase, on: date, by: Post) -> Facts:
    """Gather the facts of the file as it is closed."""
    rows = catalogue(case)
    pages = [row["pages"] for row in rows]
    return {
        "rows": [row | {"pages": span} for row, span in zip(rows, spans(pages), strict=True)],
        "pages_total": total(pages),
        "responsible_unit": case.responsible.name if case.responsible else case.registered_unit.name,
        "closed_on": case.closed_on or on,
        "archived_on": on,
        "filed_by": by.user.name,
    }
