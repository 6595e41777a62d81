"""Vocabulary of 督办: measures, causes, stages."""

from collections.abc import Mapping
from types import MappingProxyType

from django.db.models import TextChoices

from binzhou_xinfang.letters.kinds import LetterKind
from binzhou_xinfang.letters.kinds.supervision import (
    ACCOUNTABILITY_LETTER,
    IMPROVEMENT_PROPOSAL,
    LIABILITY_PROPOSAL,
    POLICY_PROPOSAL,
    RISK_LETTER,
    SUPERVISION_LETTER,
)
from binzhou_xinfang.statute.periods import Rule


class Family(TextChoices):
    """Kinds of measures."""

    LETTER = "letter", "三函"
    PROPOSAL = "proposal", "三项建议"
    WAY = "way", "督查"
    LISTING = "listing", "挂牌督办"


class Measure(TextChoices):
    """三函 (reference §6.1), 三项建议 (条例第四十条), the ways of 督查 (§3.8) and the board (第三十九条第三款)."""

    RISK = "risk", "风险提醒函"
    SUPERVISION = "supervision", "信访督办函"
    ACCOUNTABILITY = "accountability", "问责建议函"
    IMPROVEMENT = "improvement", "改进工作建议"
    POLICY = "policy", "完善政策建议"
    LIABILITY = "liability", "追究责任建议"
    ONLINE = "online", "网上督办"
    PHONE = "phone", "电话督办"
    SITE = "site", "实地督查"
    TALK = "talk", "约谈"
    LISTING = "listing", "挂牌督办"

    @property
    def family(self) -> Family:
        if self is Measure.LISTING:
            return Family.LISTING
        if self in (Measure.RISK, Measure.SUPERVISION, Measure.ACCOUNTABILITY):
            return Family.LETTER
        return Family.PROPOSAL if self.kind else Family.WAY

    @property
    def kind(self) -> LetterKind | None:
        """The letter of the measure; a way of 督查 and the board have a record instead."""
        return _KINDS.get(self)

    @property
    def is_told_elsewhere(self) -> bool:
        """True if it goes to a body with power over policy or persons, which need not handle the matter."""
        return self.family is Family.PROPOSAL or self is Measure.ACCOUNTABILITY

    @classmethod
    def of(cls, kind: LetterKind) -> "Measure | None":
        """Find the measure that a letter of the kind belongs to."""
        return next((measure for measure, own in _KINDS.items() if own is kind), None)

    @classmethod
    def in_family(cls, family: Family) -> "tuple[Measure, ...]":
        return tuple(measure for measure in cls if measure.family is family)


_KINDS: Mapping[Measure, LetterKind] = MappingProxyType(
    {
        Measure.RISK: RISK_LETTER,
        Measure.SUPERVISION: SUPERVISION_LETTER,
        Measure.ACCOUNTABILITY: ACCOUNTABILITY_LETTER,
        Measure.IMPROVEMENT: IMPROVEMENT_PROPOSAL,
        Measure.POLICY: POLICY_PROPOSAL,
        Measure.LIABILITY: LIABILITY_PROPOSAL,
    }
)
WAYS = Measure.in_family(Family.WAY)
WAY_CHOICES = [(way.value, way.label) for way in WAYS]
PROPOSALS = Measure.in_family(Family.PROPOSAL)


class Trigger(TextChoices):
    """Causes of 督办 (reference §6.1)."""

    DEADLINE = "deadline", "期限到级"
    UNEXECUTED = "unexecuted", "处理意见未执行"
    REPEATED = "repeated", "重复信访"
    GROUP = "group", "集体访"
    THREAT = "threat", "扬言"
    EVALUATION = "evaluation", "群众评价不满意"
    QUALITY = "quality", "抽查不合格"
    AGAIN = "again", "多次督办"
    INSPECTION = "inspection", "一案双督三查"
    HAND = "hand", "人工提出"


# A duty whose lapse says more than that a day has passed.
TRIGGER_OF_RULE: Mapping[Rule, Trigger] = MappingProxyType({Rule.EXECUTION: Trigger.UNEXECUTED})


class Stage(TextChoices):
    PENDING = "pending", "待处理"
    DRAFTED = "drafted", "正在拟制"
    ISSUED = "issued", "待反馈"
    SIGNING = "signing", "反馈待签发"
    ANSWERED = "answered", "待审核反馈"
    SETTLED = "settled", "已办结"
    DROPPED = "dropped", "不予督办"


OPEN_STAGES = (Stage.PENDING, Stage.DRAFTED, Stage.ISSUED, Stage.SIGNING, Stage.ANSWERED)
# At which desk it lies while it is open.
AT_OFFICE = (Stage.PENDING, Stage.DRAFTED, Stage.ANSWERED)
AT_UNIT = (Stage.ISSUED, Stage.SIGNING)
# One wait, whoever of the unit is at it: its head's signature is part of its answer.
WAITS_ALIKE: Mapping[Stage, Stage] = MappingProxyType({Stage.SIGNING: Stage.ISSUED})
# Somebody has taken it up and it is not over: the matter is 督办中.
TAKEN_UP = (Stage.DRAFTED, Stage.ISSUED, Stage.SIGNING, Stage.ANSWERED)


class Level(TextChoices):
    """Offices that put a matter on the board."""

    COUNTY = "county", "县级挂牌"
    CITY = "city", "市级挂牌"
    PROVINCE = "province", "省级挂牌"


class Adoption(TextChoices):
    """采纳情况 (条例第四十条第四款)."""

    ADOPTED = "adopted", "采纳"
    PARTLY = "partly", "部分采纳"
    REFUSED = "refused", "未采纳"
