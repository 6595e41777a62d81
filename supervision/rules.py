"""Who does what in 督办: the office that supervises, and the unit that is supervised."""

from collections.abc import Mapping
from dataclasses import dataclass

from binzhou_xinfang.accounts.models import Post
from binzhou_xinfang.accounts.roles import Role
from supervision.models import Measure, Stage, SupervisionCase

# The office's people write and judge; a leader and an inspector read along.
OFFICE = frozenset({Role.REGISTRAR, Role.OFFICE_HEAD, Role.INSPECTOR})
UNIT = frozenset({Role.UNIT_HANDLER, Role.UNIT_HEAD, Role.REGISTRAR, Role.OFFICE_HEAD, Role.REVIEWER})
AREA = frozenset({Role.OFFICE_HEAD, Role.LEADER, Role.INSPECTOR})
READERS = OFFICE | UNIT | AREA


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that may be done with a 督办件, as a button: its slug, its name, and in which stage."""

    slug: str
    label: str
    stage: Stage
    by_office: bool


DRAFT = Act("draft", "拟函", Stage.PENDING, by_office=True)
TALK = Act("talk", "登记约谈、挂牌", Stage.PENDING, by_office=True)
DROP = Act("drop", "不予发函", Stage.PENDING, by_office=True)
ANSWER = Act("answer", "书面反馈", Stage.ISSUED, by_office=False)
JUDGE = Act("judge", "审核反馈", Stage.ANSWERED, by_office=True)
ACTS: Mapping[str, Act] = {act.slug: act for act in (DRAFT, TALK, DROP, ANSWER, JUDGE)}


def may_judge(post: Post, found: SupervisionCase) -> bool:
    """Whether the post speaks for the office that supervises."""
    return post.role in OFFICE and post.unit_id == found.office_id


def may_answer(post: Post, found: SupervisionCase) -> bool:
    """Whether the post speaks for the unit that is supervised."""
    return post.role in UNIT and post.unit_id == found.unit_id


def acts_now(post: Post, found: SupervisionCase) -> list[Act]:
    """What the post may do now."""
    acts = [act for act in ACTS.values() if act.stage == found.stage and _fits(act, found)]
    return [act for act in acts if (may_judge if act.by_office else may_answer)(post, found)]


def _fits(act: Act, found: SupervisionCase) -> bool:
    is_talk = found.measure == Measure.TALK
    return not (act is DRAFT and is_talk) and not (act is TALK and not is_talk)
