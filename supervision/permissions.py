"""Permissions of 督办: the office that supervises, and the unit that is supervised."""

from binzhou_xinfang.accounts.models import Post, UnitKind
from binzhou_xinfang.accounts.roles import OVERSEERS, Role
from binzhou_xinfang.errors import NotPermitted
from cases.models import PetitionCase

# The office's people write and judge; a leader and an inspector read along.
OFFICE = frozenset({Role.REGISTRAR, Role.OFFICE_HEAD, Role.INSPECTOR})
UNIT = frozenset({Role.UNIT_HANDLER, Role.UNIT_HEAD, Role.REGISTRAR, Role.OFFICE_HEAD, Role.REVIEWER})
# Who heads a body that answers: the answer is signed by one of them.
ANSWER_SIGNERS = frozenset({Role.UNIT_HEAD, Role.OFFICE_HEAD, Role.REVIEWER, Role.LEADER, Role.DISCIPLINE})
# A proposal goes to who has power over policy or persons (第四十条第二款、第三款).
BODIES = frozenset({Role.LEADER, Role.DISCIPLINE})
READERS = OFFICE | UNIT | OVERSEERS | BODIES


def may_inspect(post: Post, case: PetitionCase | None = None) -> bool:
    """Check that the post holds a 一案双督三查, in `case`, which it sees, unless that is 检举控告."""
    is_inspector = post.role in (Role.INSPECTOR, Role.OFFICE_HEAD) and post.unit.kind == UnitKind.PETITION_OFFICE
    return is_inspector and (case is None or not case.is_sealed)


def refuse_inspector(post: Post) -> None:
    """Raise NotPermitted unless the post holds inspections."""
    if not may_inspect(post):
        raise NotPermitted("您当前的岗位不开展督查。")


def may_open(post: Post, case: PetitionCase | None = None) -> bool:
    """Check that the post may bring up a cause by hand; in `case`, which it sees, unless that is 检举控告."""
    is_office = post.role in OFFICE and post.unit.kind == UnitKind.PETITION_OFFICE
    return is_office and (case is None or not case.is_sealed)


def may_report(post: Post) -> bool:
    """Check that the post writes the annual report (第四十一条): of a petition office who sees all its matters."""
    return may_open(post) and post.role != Role.INSPECTOR
