"""督办件: one cause in one matter, with the measure that it calls for."""

from django.db import models
from django.db.models import Q

from binzhou_xinfang.letters.kinds import LetterKind
from binzhou_xinfang.records.words import KeptField, KeptJSONField, KeptTextField
from supervision.models.vocabulary import AT_UNIT, OPEN_STAGES, Family, Level, Measure, Stage, Trigger

_UNSENT = (Stage.PENDING.value, Stage.DRAFTED.value, Stage.DROPPED.value)


class SupervisionCase(models.Model):
    """One cause with its measure. Nothing goes out without a person's signature.

    `office` supervises, `unit` is supervised or, for a proposal, answers. `key` names the cause: no second one is
    opened for the same. `also`: further matters that a proposal rests on. `facts`: what the cause knows of the letter.
    `came_at`: when it came to the desk where it lies; None while it lies where it was brought up.
    """

    case = models.ForeignKey("cases.PetitionCase", models.PROTECT, related_name="supervisions")
    also = models.ManyToManyField("cases.PetitionCase", related_name="+", blank=True, verbose_name="关联事项")
    office = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+", verbose_name="督办单位")
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+", verbose_name="被督办单位")
    deadline = models.ForeignKey("cases.Deadline", models.PROTECT, null=True, related_name="+", verbose_name="期限")
    measure = models.CharField("措施", max_length=20, choices=Measure)
    level = models.CharField("挂牌层级", max_length=20, choices=Level, blank=True)
    trigger = models.CharField("来由", max_length=20, choices=Trigger)
    key = models.CharField(max_length=120, unique=True)
    problem = KeptField("存在的问题", max_length=200)
    article = models.CharField("依据", max_length=200)
    facts = KeptJSONField("要素", default=dict, blank=True)
    opened_at = models.DateTimeField("提出时间")
    stage = models.CharField("状态", max_length=20, choices=Stage, default=Stage.PENDING)
    came_at = models.DateTimeField("到达时间", null=True)
    draft = models.OneToOneField("cases.LetterDraft", models.PROTECT, null=True, related_name="supervision")
    issued_on = models.DateField("发出日期", null=True)
    received_at = models.DateTimeField("签收时间", null=True)
    received_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", verbose_name="签收人")
    clock = models.ForeignKey("cases.Deadline", models.PROTECT, null=True, related_name="+", verbose_name="反馈期限")
    settled_at = models.DateTimeField("办结时间", null=True)
    note = KeptTextField("处理说明", blank=True)
    handled_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", verbose_name="处理人")

    class Meta:
        ordering = ["-id"]
        verbose_name = verbose_name_plural = "督办件"
        constraints = [
            models.CheckConstraint(
                condition=Q(stage__in=_UNSENT) | Q(issued_on__isnull=False), name="what_went_out_has_its_day"
            ),
            models.CheckConstraint(
                condition=(Q(level="") & (~Q(measure=Measure.LISTING) | Q(stage__in=_UNSENT)))
                | (~Q(level="") & Q(measure=Measure.LISTING)),
                name="only_the_board_has_levels",
            ),
        ]
        indexes = [
            models.Index(fields=["office", "stage", "-id"], name="supervision_of_office"),
            models.Index(fields=["unit", "stage", "-id"], name="supervision_of_unit"),
            models.Index(fields=["case"], name="supervision_of_case"),
            models.Index(fields=["measure", "-id"], name="supervision_by_measure"),
        ]

    def __str__(self) -> str:
        return f"{self.get_measure_display()} {self.problem}"

    @property
    def is_open(self) -> bool:
        return self.stage in OPEN_STAGES

    @property
    def is_awaited(self) -> bool:
        """True while the answer is owed: its light burns."""
        return self.stage in AT_UNIT and self.clock is not None

    @property
    def is_on_the_way(self) -> bool:
        """True from its going out to the signature there. A body outside of the system signs on paper."""
        return self.stage == Stage.ISSUED and self.received_at is None and self.unit_id != self.office_id

    @property
    def owes_still(self) -> bool:
        """True while the duty for which it was brought up is not done: it is closed for a reason alone."""
        return self.deadline is not None and self.deadline.is_running

    @property
    def is_to_be_signed(self) -> bool:
        """True while an answer waits for the signature of the unit's head."""
        return self.stage == Stage.SIGNING

    @property
    def is_being_written(self) -> bool:
        return self.stage == Stage.DRAFTED

    @property
    def is_settled(self) -> bool:
        return self.stage == Stage.SETTLED

    @property
    def is_proposal(self) -> bool:
        return self.family is Family.PROPOSAL

    @property
    def family(self) -> Family:
        return Measure(self.measure).family

    @property
    def letter_kind(self) -> LetterKind | None:
        return Measure(self.measure).kind

    @property
    def subject(self) -> str:
        """The mark that tells its clocks from others of the same unit in the same matter."""
        return f"supervision:{self.pk}"
