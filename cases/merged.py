"""Matters that are one by 并件 (第十九条第三款): the master of a merged matter, and all that came into a matter."""

from collections.abc import Iterable

from django.db.models import Case, QuerySet, Value, When

from binzhou_xinfang.accounts.models import Post
from cases.models import CaseAttachment, CaseRequest, Petition, PetitionCase

_SHOWN = ("topic", "region", "holder")


def masters_of(cases: Iterable[PetitionCase]) -> dict[int, PetitionCase]:
    """Map the key of each matter to the one in which it goes on: itself, or the end of the chain of its merges."""
    ends = {case.pk: case for case in cases}
    while onward := {case.merged_into_id for case in ends.values() if case.merged_into_id is not None}:
        following = PetitionCase.objects.select_related(*_SHOWN).in_bulk(onward)
        ends = {key: following.get(case.merged_into_id or 0, case) for key, case in ends.items()}
    return ends


def master_of(case: PetitionCase) -> PetitionCase:
    """Find the matter in which this one goes on."""
    return masters_of([case])[case.pk]


def merged_into(case: PetitionCase, *, reader: Post | None = None) -> list[PetitionCase]:
    """List all that was merged into the matter, through however many merges, the oldest first. Nothing is asked for a
    matter that counts one arrival.

    Who reads the matter reads these as a part of it, wherever they were taken in; but for a `reader` who has withdrawn
    from one of them (第二十八条第三款), and for what is sealed where the matter is not.
    """
    found: list[PetitionCase] = []
    level = [case] if case.petition_count > 1 else []
    while level:
        level = list(PetitionCase.objects.filter(merged_into__in=level).order_by("pk"))
        found += level
    may_read = [one for one in found if one.is_sealed <= case.is_sealed]
    return sorted(
        (one for one in may_read if reader is None or reader.user_id not in one.recused), key=lambda one: one.pk
    )


def arrivals_of(case: PetitionCase, *, reader: Post | None = None) -> QuerySet[Petition]:
    """Select the arrivals of the matter and of what was merged into it."""
    return Petition.objects.filter(case__in=[case, *merged_into(case, reader=reader)])


def attachments_of(case: PetitionCase, *, reader: Post | None = None) -> QuerySet[CaseAttachment]:
    """Select the attachments of the matter and of what was merged into it, with their files."""
    joined = merged_into(case, reader=reader)
    return CaseAttachment.objects.filter(case__in=[case, *joined]).select_related("file")


def requests_of(case: PetitionCase, *, reader: Post | None = None) -> QuerySet[CaseRequest]:
    """Select the requests of the matter, then those of what was merged into it, each with its matter."""
    joined = merged_into(case, reader=reader)
    own_first = CaseRequest.objects.filter(case__in=[case, *joined]).select_related("case")
    return own_first.order_by(Case(When(case=case, then=Value(0)), default=Value(1)), "case_id", "order")
