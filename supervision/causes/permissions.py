"""Who does what in 督办: the office that supervises, and the unit that is supervised."""

from collections.abc import Mapping
from dataclasses import dataclass

from binzhou_xinfang.accounts.models import Post, UnitKind
from binzhou_xinfang.accounts.roles import Role
from binzhou_xinfang.errors import NotPermitted
from cases.models import PetitionCase
from supervision.models import Family, Measure, Stage, SupervisionCase

# The office's people write and judge; a leader and an inspector read along.
OFFICE = frozenset({Role.REGISTRAR, Role.OFFICE_HEAD, Role.INSPECTOR})
UNIT = frozenset({Role.UNIT_HANDLER, Role.UNIT_HEAD, Role.REGISTRAR, Role.OFFICE_HEAD, Role.REVIEWER})
# A proposal goes to who has power over policy or persons (第四十条第二款、第三款).
BODIES = frozenset({Role.LEADER, Role.DISCIPLINE})
AREA = frozenset({Role.OFFICE_HEAD, Role.LEADER, Role.INSPECTOR})
READERS = OFFICE | UNIT | AREA | BODIES
_HEAD = frozenset({Role.OFFICE_HEAD})


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that may be done with a 督办件, as a button: in which stage, with which measures, and by whom.

    `by_office`: by the office that supervises, in one of `roles`; otherwise by the unit.
    """

    slug: str
    label: str
    stage: Stage
    measures: frozenset[Measure] = frozenset(Measure)
    by_office: bool = True
    roles: frozenset[Role] = OFFICE


_LETTERS = frozenset(measure for measure in Measure if measure.kind)
_WAYS = frozenset(Measure.in_family(Family.WAY))
_ELSEWHERE = frozenset(measure for measure in Measure if measure.is_told_elsewhere)

DRAFT = Act("draft", "拟函", Stage.PENDING, _LETTERS)
RECORD = Act("record", "登记督查", Stage.PENDING, _WAYS)
# 第三十九条第三款: the board is the joint conference's, whose office is the petition office (第十三条).
LIST = Act("list", "列入挂牌督办", Stage.PENDING, frozenset({Measure.TALK, Measure.LISTING}), roles=_HEAD)
DROP = Act("drop", "不予督办", Stage.PENDING)
RECEIPT = Act("receipt", "签收", Stage.ISSUED, by_office=False)
ANSWER = Act("answer", "书面反馈", Stage.ISSUED, by_office=False)
RECEIVE = Act("receive", "登记书面反馈", Stage.ISSUED, _ELSEWHERE)
JUDGE = Act("judge", "审核反馈", Stage.ANSWERED, _LETTERS)
RECHECK = Act("recheck", "复核整改", Stage.ANSWERED, frozenset(Measure) - _LETTERS)
ACTS: Mapping[str, Act] = {
    act.slug: act for act in (DRAFT, RECORD, LIST, DROP, RECEIPT, ANSWER, RECEIVE, JUDGE, RECHECK)
}


def may(post: Post, act: Act, found: SupervisionCase) -> bool:
    """Whether the post may do the act with this one, whatever its stage."""
    if Measure(found.measure) not in act.measures:
        return False
    if act.by_office:
        return post.role in act.roles and post.unit_id == found.office_id
    answers = UNIT | BODIES if Measure(found.measure).is_told_elsewhere else UNIT
    return post.role in answers and post.unit_id == found.unit_id


def acts_now(post: Post, found: SupervisionCase) -> list[Act]:
    """What the post may do now."""
    open_to = [act for act in ACTS.values() if act is not RECEIPT or found.is_on_the_way]
    return [act for act in open_to if act.stage == found.stage and may(post, act, found)]


def may_inspect(post: Post, case: PetitionCase | None = None) -> bool:
    """Whether the post holds a 一案双督三查, in `case`, which it sees, unless that is 检举控告."""
    is_inspector = post.role in (Role.INSPECTOR, Role.OFFICE_HEAD) and post.unit.kind == UnitKind.PETITION_OFFICE
    return is_inspector and (case is None or not case.is_sealed)


def refuse_inspector(post: Post) -> None:
    """Raise NotPermitted unless the post holds inspections."""
    if not may_inspect(post):
        raise NotPermitted("您当前的岗位不开展督查。")


def may_open(post: Post, case: PetitionCase | None = None) -> bool:
    """Whether the post may bring up a cause by hand; in `case`, which it sees, unless that is 检举控告."""
    is_office = post.role in OFFICE and post.unit.kind == UnitKind.PETITION_OFFICE
    return is_office and (case is None or not case.is_sealed)


def may_report(post: Post) -> bool:
    """Whether the post writes the annual report (第四十一条): of a petition office who sees all its matters."""
    return may_open(post) and post.role != Role.INSPECTOR
