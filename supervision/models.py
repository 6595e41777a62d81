"""督办: what calls for supervision, the letter that answers it, and what the unit answers in writing."""

from django.db import models
from django.db.models import Q

from binzhou_xinfang.records.letter_kinds import LetterKind


class Measure(models.TextChoices):
    """三函 (reference §6.1), and what has no letter: the leader's talk and the board (条例第三十九条)."""

    RISK = "risk", "风险提醒函"
    SUPERVISION = "supervision", "信访督办函"
    ACCOUNTABILITY = "accountability", "问责建议函"
    TALK = "talk", "约谈、挂牌督办"

    @property
    def kind(self) -> LetterKind | None:
        """The letter of the measure."""
        return _KINDS.get(self)

    @classmethod
    def of(cls, kind: LetterKind) -> "Measure | None":
        """The measure that a letter of the kind belongs to."""
        return next((measure for measure, own in _KINDS.items() if own is kind), None)


_KINDS = {
    Measure.RISK: LetterKind.RISK_LETTER,
    Measure.SUPERVISION: LetterKind.SUPERVISION_LETTER,
    Measure.ACCOUNTABILITY: LetterKind.ACCOUNTABILITY_LETTER,
}


class Trigger(models.TextChoices):
    """Why."""

    DEADLINE = "deadline", "期限到级"
    HAND = "hand", "人工提出"


class Stage(models.TextChoices):
    PENDING = "pending", "待处理"
    DRAFTED = "drafted", "正在拟制"
    ISSUED = "issued", "待反馈"
    ANSWERED = "answered", "待审核反馈"
    SETTLED = "settled", "已办结"
    DROPPED = "dropped", "不予发函"


OPEN_STAGES = (Stage.PENDING, Stage.DRAFTED, Stage.ISSUED, Stage.ANSWERED)
_UNSENT = (Stage.PENDING.value, Stage.DRAFTED.value, Stage.DROPPED.value)


class SupervisionCase(models.Model):
    """督办件: one cause in one matter, with the measure it calls for. Nothing goes out without a person's signature.

    `office` supervises, `unit` is supervised. `key` names the cause: no second one is opened for the same.
    """

    case = models.ForeignKey("cases.PetitionCase", models.PROTECT, related_name="supervisions")
    office = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+", verbose_name="督办单位")
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+", verbose_name="被督办单位")
    deadline = models.ForeignKey("cases.Deadline", models.PROTECT, null=True, related_name="+", verbose_name="期限")
    measure = models.CharField("措施", max_length=20, choices=Measure)
    trigger = models.CharField("来由", max_length=20, choices=Trigger)
    key = models.CharField(max_length=120, unique=True)
    problem = models.CharField("存在的问题", max_length=200)
    article = models.CharField("依据", max_length=200)
    opened_at = models.DateTimeField("提出时间")
    stage = models.CharField("状态", max_length=20, choices=Stage, default=Stage.PENDING)
    draft = models.OneToOneField("cases.LetterDraft", models.PROTECT, null=True, related_name="supervision")
    issued_on = models.DateField("发函日期", null=True)
    clock = models.ForeignKey("cases.Deadline", models.PROTECT, null=True, related_name="+", verbose_name="反馈期限")
    settled_at = models.DateTimeField("办结时间", null=True)
    note = models.TextField("处理说明", blank=True)
    handled_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", verbose_name="处理人")

    class Meta:
        ordering = ["-id"]
        verbose_name = verbose_name_plural = "督办件"
        constraints = [
            models.CheckConstraint(
                condition=Q(stage__in=_UNSENT) | Q(issued_on__isnull=False) | Q(measure=Measure.TALK),
                name="sent_letter_has_its_day",
            ),
        ]
        indexes = [
            models.Index(fields=["office", "stage", "-id"], name="supervision_of_office"),
            models.Index(fields=["unit", "stage", "-id"], name="supervision_of_unit"),
            models.Index(fields=["case"], name="supervision_of_case"),
        ]

    def __str__(self) -> str:
        return f"{self.get_measure_display()} {self.problem}"

    @property
    def is_open(self) -> bool:
        return self.stage in OPEN_STAGES


class Answer(models.Model):
    """One written answer of the unit; it is accepted, or sent back with the reason."""

    supervision = models.ForeignKey(SupervisionCase, models.PROTECT, related_name="answers")
    text = models.TextField("整改反馈")
    evidence = models.ForeignKey(
        "cases.CaseAttachment", models.PROTECT, null=True, related_name="+", verbose_name="证明材料"
    )
    by_user = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name="反馈人")
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+", verbose_name="反馈单位")
    at = models.DateTimeField("反馈时间")
    is_late = models.BooleanField("逾期反馈", default=False)
    is_accepted = models.BooleanField("审核通过", null=True)
    verdict = models.CharField("审核意见", max_length=500, blank=True)
    judged_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", verbose_name="审核人")
    judged_at = models.DateTimeField("审核时间", null=True)

    class Meta:
        ordering = ["id"]
        verbose_name = verbose_name_plural = "督办反馈"
        constraints = [
            models.UniqueConstraint(
                fields=["supervision"], condition=Q(is_accepted=None), name="one_answer_judged_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.unit}"
