"""督办中: the mark that a matter is being supervised, for its page, its lists, and what an inspector may read."""

from cases.models import PetitionCase


def mark_supervised(case_id: int, *, is_supervised: bool) -> None:
    """Set or take away the mark. The caller holds the row of the matter; no page that is open becomes stale by it."""
    PetitionCase.objects.filter(pk=case_id).exclude(is_supervised=is_supervised).update(is_supervised=is_supervised)
