"""Finding of a matter by a number that somebody typed; what is sought in vain is written down."""

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.web.sought import note_sought
from cases.models import PetitionCase
from cases.queries import visible_to


def with_number(post: Post, number: str, *, ordinary: bool = False) -> PetitionCase | None:
    """Find the matter with this number that somebody typed, if it exists for the post; a number sought in vain is
    written down (`web.sought`). `ordinary`: 检举控告 are left out, for what others will read."""
    seen = visible_to(post).filter(is_sealed=False) if ordinary else visible_to(post)
    case = seen.filter(number=number).first()
    if case is None:
        note_sought(number)
    return case
