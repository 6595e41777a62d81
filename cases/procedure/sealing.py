"""The end of what others had to do with a matter once it has become 检举控告 (第三十条第三款).

It does not exist for them any longer: they owe nothing in it, and what was merged into it is sealed with it.
"""

from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.errors import Refusal
from cases.clocks.turning import refresh_due
from cases.engine import note
from cases.hooks import AFTER_SEALING, AFTER_UNSEALING
from cases.models import PetitionCase
from cases.states import EVENTS

UNSEALED_WITH = EVENTS.declare("unsealed-with", "随并入的事项解除保密", {})
SEALED_WITH = EVENTS.declare("sealed-with", "随并入的事项转为保密件", {})


def end_duties(case: PetitionCase, by: Post | None, at: datetime) -> None:
    """Release who helped; cancel what others owe, and what is owed beside the road. The caller holds the matter."""
    on = timezone.localdate(at)
    case.co_handlings.filter(fed_back_on=None, released_on=None).update(released_on=on)
    of_others = Q(unit__isnull=False) & ~Q(unit=case.holder_id)
    others = case.deadlines.running().filter(of_others | ~Q(subject=""))
    others.update(cancelled_on=on, suspended_on=None)
    case.co_handlers = []
    if case.is_open:
        refresh_due(case, case.deadlines.running(), on=on)
    case.save(update_fields=["co_handlers", "due_on", "due_rule"])


def seal_merged(case: PetitionCase, by: Post | None, at: datetime) -> None:
    """Seal what was merged into the matter: it is the same report, by another arrival."""
    merged = PetitionCase.objects.select_for_update(no_key=True).filter(merged_into=case, is_sealed=False)
    for one in merged.order_by("pk"):
        one.is_sealed, one.version = True, one.version + 1
        one.save(update_fields=["is_sealed", "version"])
        note(one, SEALED_WITH, by=by, at=at, detail={})
        AFTER_SEALING(one, by, at)


def unseal_merged(case: PetitionCase, by: Post, at: datetime) -> None:
    """Unseal what was sealed with the matter as the same report. Raises Refusal for what was taken in as a report by
    itself: a report and an ordinary matter are not one, so it is split off first."""
    merged = PetitionCase.objects.select_for_update(no_key=True).filter(merged_into=case, is_sealed=True)
    for one in merged.order_by("pk"):
        if not one.events.filter(kind=SEALED_WITH).exists():
            raise Refusal(f"并入的{one.number}是单独登记的检举控告保密件，请先拆分并件，再解除保密。")
        unseal_merged(one, by, at)
        one.is_sealed, one.version = False, one.version + 1
        one.save(update_fields=["is_sealed", "version"])
        note(one, UNSEALED_WITH, by=by, at=at, detail={})
        AFTER_UNSEALING(one, by, at)
