"""Vocabulary of clocks: their names, and the columns of the table of periods."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from django.db import models


class Rule(models.TextChoices):
    """Every clock there is. The value is the name on the command line and in the database."""

    TRIAGE = "triage", "15日处理期限"
    NOTICE = "notice", "15日告知期限"
    OBJECTION = "objection", "5个工作日异议期限"
    HANDLING = "handling", "60日办理期限"
    REVIEW_REQUEST = "review-request", "30日申请复查期限"
    REVIEW = "review", "30日复查期限"
    REVIEW_ACCEPTANCE = "review-acceptance", "3个工作日复查受理期限"
    RECHECK_REQUEST = "recheck-request", "30日申请复核期限"
    RECHECK = "recheck", "30日复核期限"
    RECHECK_ACCEPTANCE = "recheck-acceptance", "3个工作日复核受理期限"
    SIMPLE_ACCEPTANCE = "simple-acceptance", "3个工作日简易受理期限"
    SIMPLE_HANDLING = "simple-handling", "10个工作日简易办理期限"
    SIMPLE_RELAY = "simple-relay", "1个工作日简易转办期限"
    PROPOSAL_FEEDBACK = "proposal-feedback", "30日建议反馈期限"
    JUDICIAL_CONFIRMATION = "judicial-confirmation", "30日申请司法确认期限"
    HEARING_NOTICE = "hearing-notice", "10个工作日听证通知期限"
    ASSIGNMENT = "assignment", "交办期限"
    REDO = "redo", "重新处理期限"
    OWN_WAY = "own-way", "本途径办理期限"
    CO_HANDLING = "co-handling", "协办期限"
    EXECUTION = "execution", "执行期限"
    EVALUATION = "evaluation", "评价期限"
    LETTER_FEEDBACK = "letter-feedback", "三函反馈期限"
    RECTIFICATION = "rectification", "整改期限"
    # Of a state: each runs while the object stands there.
    SUPPLEMENT = "supplement", "补充材料期限"
    OBJECTION_CHECK = "objection-check", "异议核实期限"
    JURISDICTION = "jurisdiction", "管辖决定期限"
    EXTENSION_DECISION = "extension-decision", "延期审批期限"
    DELIVERY = "delivery", "送达期限"
    ARRIVAL = "arrival", "送达结果登记期限"
    EXECUTION_ORDER = "execution-order", "督促执行启动期限"
    COMPLETION = "completion", "办结报告期限"
    HEARING_END = "hearing-end", "听证结束期限"
    OVERSIGHT = "oversight", "督办处理期限"
    MEDIATION_ACCEPTANCE = "mediation-acceptance", "委派调解接收期限"
    # Of a mark on it that waits for somebody's word, whatever its state.
    RECUSAL_DECISION = "recusal-decision", "回避决定期限"
    HEARING_DECISION = "hearing-decision", "听证决定期限"
    END_DECISION = "end-decision", "提请事项决定期限"
    DELIVERY_CHECK = "delivery-check", "送达日期核实期限"
    DELIVERY_PROOF = "delivery-proof", "送达凭证补交期限"
    DELIVERY_TO_OTHERS = "delivery-to-others", "其他信访人送达期限"


class DayUnit(Enum):
    """Units in which a period counts. The value is printed after the number."""

    NATURAL = "日"
    WORKING = "个工作日"


class Party(Enum):
    """Parties to a clock: an agency is scored on the strict day, a petitioner loses a right only after the legal
    day."""

    AGENCY = "agency"
    PETITIONER = "petitioner"


class ExtensionBase(models.TextChoices):
    """Days from which an extension is counted on."""

    UNROLLED = "unrolled", "从未顺延的届满日接着数"
    ROLLED = "rolled", "从顺延后的届满日接着数"


class PauseMode(models.TextChoices):
    """Ways to leave out the days of a hearing (第三十六条第二款 gives no answer; reference §9)."""

    TO_CONCLUSION = "to-conclusion", "自听证通知至听证结论，首日不计"
    BOTH_DAYS = "both-days", "自听证通知至听证结论，首尾两日均计"
    HEARING_DAY = "hearing-day", "每次听证只扣除一日"


class Audience(models.TextChoices):
    """Groups of people who are told when a rung of the ladder is reached."""

    HANDLER = "handler", "承办人"
    HEAD = "head", "单位负责人"
    OFFICE = "office", "信访部门"
    LEADER = "leader", "领导"


class Consequence(models.TextChoices):
    """Consequences besides the notice: a letter is drafted for a person's signature, never sent by itself (§6.1)."""

    NOTICE = "", "只提醒"
    RISK = "risk", "拟风险提醒函"
    SUPERVISION = "supervision", "拟信访督办函"
    TALK = "talk", "列入约谈、挂牌督办"
    ACCOUNTABILITY = "accountability", "拟问责建议函"


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the ladder: `days` natural days before (negative) or on (0) the strict day, or after the legal day.

    Before the legal day has passed nobody is called late, so what comes after counts from it alone.
    """

    days: int
    audience: tuple[Audience, ...]
    consequence: Consequence = Consequence.NOTICE

    @property
    def code(self) -> str:
        """The rung as settings and API write it: -3:handler, 1:head+office:supervision."""
        audience_codes = "+".join(audience.value for audience in self.audience)
        return f"{self.days}:{audience_codes}" + (f":{self.consequence.value}" if self.consequence else "")

    @property
    def when(self) -> str:
        """提前3日, 届满当日, 超期1日."""
        if not self.days:
            return "届满当日"
        return f"提前{-self.days}日" if self.days < 0 else f"超期{self.days}日"

    @property
    def words(self) -> str:
        """超期1日：承办人、单位负责人，拟信访督办函."""
        audience_names = "、".join(str(audience.label) for audience in self.audience)
        return f"{self.when}：{audience_names}" + (f"，{self.consequence.label}" if self.consequence else "")


@dataclass(frozen=True, kw_only=True)
class Period:
    """One clock.

    `length` counts `unit`s; None where a person must set it. `is_fixed`: the length is the law's own; otherwise
    `length` is only the default and a person or the office's settings may say `days`. `max_extension` is in days,
    0 = no extension. `ladder`: who is told when, and what follows. `counts_back`: the day given is the last one,
    the answer lies before it. `gives_right`: it limits a right, so that its end is nobody's fault.
    `starts_with` names the event whose day is given (that day is not counted), `met_by` the one that meets it where the
    law leaves that open. `pauses_for`: whose time does not count, in words; empty where it never stands still.
    `is_internal`: no law knows it, the office keeps order by it; it counts in no rate and no 通报. `moves_with`: clocks
    of the same duty, whose extension prolongs this one by as much; `waits_for`: clocks that a body above starts, before
    whose end this one does not end.
    What the office may have set besides: `rolls`: whether an end on a day off is put off to the next workday;
    `extension_base` and `pause`: how extensions and hearing time are counted; `met_on_delivery`: the opinion meets it
    when it has reached the petitioner, not when it is sent; `set_from`: the day since when the
    office's own length is in force, None while the law's is.
    """

    rule: Rule
    article: str
    length: int | None
    unit: DayUnit
    party: Party
    starts_with: str
    met_by: str = ""
    max_extension: int = 0
    ladder: tuple[Rung, ...] = ()
    counts_back: bool = False
    gives_right: bool = False
    pauses_for: str = ""
    is_fixed: bool = True
    is_internal: bool = False
    moves_with: tuple[Rule, ...] = ()
    waits_for: tuple[Rule, ...] = ()
    rolls: bool = True
    extension_base: ExtensionBase = ExtensionBase.UNROLLED
    pause: PauseMode = PauseMode.TO_CONCLUSION
    met_on_delivery: bool = False
    set_from: date | None = None
