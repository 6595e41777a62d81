"""Common ground of the pages and programs of every life: finding the row of an address."""

from django.http import Http404

from binzhou_xinfang.process.life import Life
from binzhou_xinfang.process.steps import M, Step


def row_of(life: Life[M], slug: str) -> Step[M]:
    """Find the row that people take under this address. Raises Http404 for a beginning, and for what the system
    does."""
    row = life.steps.get(slug)
    if row is None or row.begins or not row.who:
        raise Http404
    return row
