"""信访事项: the matter, with its requests."""

from datetime import date
from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q, Value
from django.urls import reverse

from binzhou_xinfang.records.keys import PiecesField
from binzhou_xinfang.records.words import KeptField, KeptTextField
from binzhou_xinfang.statute.periods import PERIODS, Rule
from cases.entries.declaration import Nature, Pick, Row, entered
from cases.models.external_numbers import FOLLOWS_THE_SEAL
from cases.states import CLOSED_STATES, State
from cases.states.ground_lists import AskedEnd
from cases.vocabulary import (
    ROUTED_WAYS,
    Channel,
    EndGround,
    Heart,
    Kind,
    LastAnswer,
    LegalWay,
    Purpose,
    ReviewResult,
    Threat,
)

_CLOSED = sorted(CLOSED_STATES)
# Said once: the database uses the index for what is asked in the very words in which it was made.
WAS_PASSED_DOWN = ~Q(passers=[])
# A duty has a clock: what limits a right of the petitioner is nobody's debt.
WITHOUT_DUTY = ("", *sorted(rule.value for rule, period in PERIODS.items() if period.gives_right))
OWES = ~Q(due_rule__in=WITHOUT_DUTY)
_OWED = Q(closed_on=None) & OWES


def _states() -> list[tuple[str, str]]:
    return State.choices


def _rules() -> list[tuple[str, str]]:
    return Rule.choices


class PetitionCase(models.Model):
    """信访事项. Its state is assigned in `cases.engine` alone.

    `holder` has it on the desk now; `sender` is the body that passed it on last, `assigner` the office that assigned it
    (交办, 第二十二条第三项), through however many levels it went since; `responsible` is the 责任单位.
    `due_on` repeats, for the order of the worklists, the legal day of the clock that ends first (`due_rule`); when no
    clock runs it is the day since when the matter waits. `cases.clocks.turning.refresh_due` keeps it.
    """

    number = models.CharField("事项编号", max_length=40, unique=True)
    title = entered(
        KeptField("标题", max_length=120),
        Row.MORE_MATTER, nature=Nature.TEXT, required=False, help_text="不填时取概况信息的开头",
        apart=True, on_receipt=True,
    )  # fmt: skip
    summary = entered(
        KeptTextField("概况信息"),
        Row.MORE_MATTER, nature=Nature.TEXT, required=False, help_text="不填时取投诉内容",
        longest=2000, lines=3, apart=True,
    )  # fmt: skip
    channel = entered(models.CharField("首次信访形式", max_length=20, choices=Channel), None, label="信访形式")
    purpose = entered(models.CharField("信访目的", max_length=20, choices=Purpose), Row.GOAL, initial=Purpose.SETTLE)
    topic = entered(
        models.ForeignKey("cases.Topic", models.PROTECT, null=True, related_name="+", verbose_name="内容分类"),
        Row.TOPIC, pick=Pick.TOPIC, empty_words="尚未确定",
    )  # fmt: skip
    kind = entered(models.CharField("事项性质", max_length=20, choices=Kind, blank=True), None, empty_words="尚未甄别")
    legal_way = entered(models.CharField("办理途径", max_length=10, choices=LegalWay, blank=True), None)
    legal_basis = entered(KeptField("管辖依据", max_length=200, blank=True), None, nature=Nature.TEXT)
    region = entered(
        models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+", verbose_name="问题属地"),
        Row.PLACE, pick=Pick.PLACE,
    )  # fmt: skip
    region_detail = entered(
        KeptField("问题发生地点", max_length=200, blank=True), Row.PLACE, nature=Nature.TEXT, joins="region"
    )
    reason = entered(
        KeptField("信访原因", max_length=200, blank=True),
        Row.MORE_MATTER, nature=Nature.TEXT, examples=("多次协商未果", "对原处理结果不满意", "长期没有答复"),
    )  # fmt: skip
    accused = entered(KeptField("被反映人或单位", max_length=200, blank=True), Row.ACCUSED, nature=Nature.TEXT)
    accused_pieces = PiecesField(of="accused")
    accused_unit = entered(
        models.ForeignKey(
            "accounts.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="被反映单位"
        ),
        Row.ACCUSED, pick=Pick.BODY, form_label="被反映单位（本系统内）", joins="accused",
    )  # fmt: skip
    enterprise = entered(
        KeptField("涉及企业", max_length=100, blank=True),
        Row.MORE_MATTER, nature=Nature.TEXT, examples=("滨州众合置业有限公司", "瑞丰商贸有限公司"),
    )  # fmt: skip
    threat = entered(
        models.CharField("扬言类型", max_length=20, choices=Threat, blank=True),
        Row.MORE_MATTER, label="扬言", empty="无", between="：",
    )  # fmt: skip
    threat_detail = entered(
        KeptField("扬言内容", max_length=200, blank=True), Row.MORE_MATTER, nature=Nature.TEXT, joins="threat"
    )
    is_urgent = entered(
        models.BooleanField("重大紧急", default=False), Row.MORE_MATTER,
        help_text="保存后不分时段立即通知领导、值班人员和单位负责人（第二十五条）",
    )  # fmt: skip
    is_skip_level = entered(models.BooleanField("越级", default=False), Row.MORE_MATTER)
    is_livelihood = entered(models.BooleanField("民生诉求", default=False), Row.MORE_MATTER)
    is_cross_border = entered(models.BooleanField("三跨三分离", default=False), Row.MORE_MATTER)
    follows = entered(
        models.ForeignKey(
            "self", models.PROTECT, null=True, blank=True, related_name="followers", verbose_name="关联的前一事项"
        ),
        Row.MORE_ARRIVAL, pick=Pick.NUMBER, form_label="关联的已办结事项", longest=40, told_by="annexes",
        help_text="就已办结的事项提出新的事实、理由或者请求的，填写其编号，按新事项登记",
    )  # fmt: skip
    lead = models.ForeignKey("cases.Petitioner", models.PROTECT, related_name="+", verbose_name="信访人")
    people = models.PositiveIntegerField("信访人数", default=1)
    # As the office counted on the day of registration (Key.GROUP_SIZE); a later change of the number changes nothing.
    is_group = models.BooleanField("集体访", default=False)
    is_sealed = models.BooleanField("检举控告保密件", default=False)
    is_simple = models.BooleanField("适用简易办理", default=False)
    is_assigned = models.BooleanField("交办件", default=False)

    state = models.CharField("状态", max_length=20, choices=_states)
    previous_state = models.CharField("前一状态", max_length=20, blank=True)
    holder = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+", verbose_name="当前单位")
    sender = models.ForeignKey("accounts.Unit", models.PROTECT, null=True, related_name="+", verbose_name="转办单位")
    # None beside `is_assigned`: of an old matter whose events do not tell.
    assigner = models.ForeignKey(
        "accounts.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="交办机关"
    )
    # The units that passed it down one after the other (转下级办理), as ids; `sender` is the last of them.
    passers = models.JSONField("逐级转办的单位", default=list, blank=True)
    responsible = models.ForeignKey(
        "accounts.Unit", models.PROTECT, null=True, related_name="+", verbose_name="责任单位"
    )
    assignee = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", verbose_name="承办人")
    registered_unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+", verbose_name="首次登记机构")
    registrar = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", verbose_name="登记人")
    received_on = models.DateField("收到日期")
    registered_at = models.DateTimeField("登记时间")
    due_on = models.DateField("到期日")
    due_rule = models.CharField("当前期限", max_length=30, choices=_rules, blank=True)
    last_move_at = models.DateTimeField("最近办理时间")
    last_move = models.CharField("最近办理", max_length=30)
    closed_on = models.DateField("办结日期", null=True)
    outcomes = models.JSONField("办理结果", default=list, blank=True)
    # 事心双解: what became of the matter stands in `outcomes`, what became of the heart here.
    heart = models.CharField("情绪化解", max_length=10, choices=Heart, blank=True)
    # Written at the act that settles them, so that a list asks nothing but its own rows.
    needs_assigner = models.BooleanField("延期须经交办机关批准", default=False)
    review_result = models.CharField("最近的复查复核结论", max_length=10, choices=ReviewResult, blank=True)
    was_heard = models.BooleanField("复核经过听证", default=False)
    last_answer = models.CharField("最近送达的意见", max_length=10, choices=LastAnswer, blank=True)
    # The day of delivery was entered too late to be believed without the word of the office.
    is_delivery_doubted = models.BooleanField("送达日期待核实", default=False)
    # Entered without its proof, which may still be brought.
    is_delivery_unproven = models.BooleanField("送达没有凭证", default=False, db_default=False)
    # Petitioners beside the first, as ids, who have not been given the answer yet.
    unserved = models.JSONField("待送达的其他信访人", default=list, db_default=Value([], models.JSONField()))
    # The signed answer is on its way, by post or as a public notice; over when it has arrived.
    is_sent = models.BooleanField("意见已发出", default=False, db_default=False)
    end_ground = models.CharField("终结情形", max_length=20, choices=EndGround, blank=True)
    # What a unit or a window has asked the office to decide: an end, or that an heir goes on.
    end_asked = models.CharField(
        "待决定的提请事项", max_length=20, choices=AskedEnd, blank=True, default="", db_default=""
    )
    # Who withdrew from this matter by 回避: ids of users, who neither see nor make a move of it.
    recused = models.JSONField("回避人员", default=list, blank=True)
    # Who acted for the responsible unit or a body of review: part (`Hand`), unit, user (`deciding.note_hand`).
    hands = models.JSONField("承办和复查过的人员", default=list, blank=True, db_default=Value([], models.JSONField()))
    # Units that still owe their part as 协办, as ids; `is_joint` stays when all have answered.
    co_handlers = models.JSONField("待反馈的协办单位", default=list, blank=True)
    is_joint = models.BooleanField("多单位办理", default=False)
    is_recusal_asked = models.BooleanField("回避待决", default=False)
    is_hearing_asked = models.BooleanField("听证待决", default=False)
    owes_execution = models.BooleanField("有待执行的诉求", default=False)
    # Who drafted the opinion (of the handling or of a review) that waits for another hand to check or sign it.
    drafter = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, db_index=False, related_name="+",
        verbose_name="待审签意见的拟稿人",
    )  # fmt: skip
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", verbose_name="并入事项"
    )
    retention_years = models.PositiveSmallIntegerField("保管年限", null=True, blank=True, help_text="空为永久")
    # 督办中: somebody has taken the matter up; kept by `cases.supervised`.
    is_supervised = models.BooleanField("督办中", default=False)
    petition_count = models.PositiveIntegerField("信访件数", default=1)
    version = models.PositiveIntegerField("版本", default=1)

    # As they were when the row was locked for a move: whether it has sealed the matter, or given it to another handler.
    was_sealed: bool | None = None  # None: it was not locked for a move
    is_newly_sealed = False
    was_assignee: int | None = 0  # no key: it was not locked for a move
    has_parted = False  # split off by the act, because its master has ended without an answer

    class Meta:
        verbose_name = verbose_name_plural = "信访事项"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="case_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=_CLOSED, closed_on__isnull=False)
                | (~Q(state__in=_CLOSED) & Q(closed_on__isnull=True)),
                name="closed_case_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(state=State.MERGED, merged_into__isnull=False)
                | (~Q(state=State.MERGED) & Q(merged_into__isnull=True)),
                name="merged_case_has_its_master",
            ),
            models.CheckConstraint(
                condition=~Q(kind=Kind.REPORT) | Q(is_sealed=True), name="report_of_wrongdoing_is_sealed"
            ),
        ]
        indexes = [
            models.Index(fields=["holder", "due_on", "id"], condition=Q(closed_on=None), name="case_on_desk"),
            models.Index(fields=["due_on", "id"], condition=Q(closed_on=None), name="case_open_by_day"),
            models.Index(
                fields=["holder", "due_on", "id"], condition=Q(closed_on=None) & OWES, name="case_owed_on_desk"
            ),
            models.Index(fields=["due_on", "id"], condition=Q(closed_on=None) & OWES, name="case_owed_by_day"),
            models.Index(fields=["responsible", "-id"], name="case_of_responsible"),
            models.Index(fields=["registered_unit", "-id"], name="case_of_registrar"),
            models.Index(fields=["lead"], name="case_of_person"),
            models.Index(fields=["registered_at"], name="case_by_registration"),
            models.Index(fields=["id"], condition=Q(is_supervised=True), name="case_supervised"),
            models.Index(fields=["registered_unit"], condition=~Q(end_asked=""), name="case_end_asked"),
            GinIndex(
                fields=["passers"], opclasses=["jsonb_path_ops"], condition=WAS_PASSED_DOWN, name="case_passed_down_by"
            ),
            # One for each question beside the state (`states.marks`): few wait, and every menu counts them.
            models.Index(fields=["registered_unit"], condition=Q(is_delivery_doubted=True), name="delivery_to_judge"),
            models.Index(fields=["holder"], condition=Q(is_recusal_asked=True), name="recusal_to_decide"),
            models.Index(fields=["holder"], condition=Q(is_hearing_asked=True), name="hearing_to_decide"),
        ]
        triggers = [FOLLOWS_THE_SEAL]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("cases:case", args=[self.number])

    @property
    def is_open(self) -> bool:
        return self.closed_on is None

    @property
    def is_for_evaluation(self) -> bool:
        """True for an answer that the petitioner evaluates (reference §3.4): first-time, not sealed, not 涉法涉诉."""
        is_first = self.follows_id is None and self.merged_into_id is None
        is_ours = self.kind != Kind.LITIGATION and self.legal_way not in ROUTED_WAYS
        return is_first and is_ours and not self.is_sealed

    @property
    def due_label(self) -> str:
        return str(Rule(self.due_rule).label) if self.due_rule else ""

    def days_left(self, on: date) -> int | None:
        """Count the natural days from `on` to the legal day of the running clock; None when no clock runs."""
        return (self.due_on - on).days if self.due_rule and self.is_open else None

    @property
    def flags(self) -> list[str]:
        """The marks shown beside the title."""
        marks: list[tuple[Any, str]] = [
            (self.is_sealed, "保密"),
            (self.is_urgent, "重大紧急"),
            (self.is_assigned, "交办"),
            (self.is_simple, "简易"),
            (self.threat, "扬言"),
            (self.is_group, "集体访"),
            (self.petition_count > 1, "重复"),
            (self.is_skip_level, "越级"),
            (self.is_cross_border, "三跨三分离"),
            (self.is_supervised, "督办"),
            (self.is_delivery_doubted, "送达待核实"),
            (self.is_sent, "已发出待送达"),
        ]
        return [label for marked, label in marks if marked]
