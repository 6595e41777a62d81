"""期限: one clock of one matter. The day it is due is stored; everything else is derived."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from binzhou_xinfang.statute.periods import PERIODS, Rule


def _rules() -> list[tuple[str, str]]:
    return Rule.choices


# Said once: the database uses the index for what is asked in the very words in which it was made.
_LAPSED_DUTY = Q(lapsed_at__isnull=False) & ~Q(
    rule__in=sorted(rule.value for rule, period in PERIODS.items() if period.gives_right)
)
# A last day that had passed before it was put off: then the lapse was noticed before the new one. The moment of the
# watch says nothing else of whether a duty was done in time: it may come before an entry of what was done long ago.
LAPSED_BEFORE_EXTENSION = Q(lapsed_at__isnull=False, lapsed_at__date__lte=F("legal_on"))


def _late(mode: str) -> Q:
    """Select what was done or cancelled after its last day: the one definition (`Deadline.is_late` for one clock).
    What ended while it waited for another desk is judged by the day on which it came to wait."""
    last = F(f"{mode}_on")
    ended = Q(waits_since=None) & (Q(met_on__gt=last) | Q(cancelled_on__gt=last))
    return ended | Q(waits_since__gt=last) | LAPSED_BEFORE_EXTENSION


def done_in_time(mode: str) -> Q:
    """Select what was done by its last day and had not lapsed before more time was granted."""
    last = F(f"{mode}_on")
    ended = Q(waits_since=None, met_on__lte=last) | Q(met_on__isnull=False, waits_since__lte=last)
    return ended & ~LAPSED_BEFORE_EXTENSION


class DeadlineQuerySet(models.QuerySet["Deadline"]):
    def running(self) -> "DeadlineQuerySet":
        return self.filter(met_on=None, cancelled_on=None)

    def overdue(self, on: date) -> "DeadlineQuerySet":
        """Select the clocks whose legal day lies before `on`, but for what waits for another desk: the last day itself
        is still in time."""
        return self.urging().filter(legal_on__lt=on)

    def urging(self) -> "DeadlineQuerySet":
        """Select the running clocks that neither stand still nor wait for another desk: somebody can be urged."""
        return self.running().filter(suspended_on=None, waits_since=None)

    def lapsed(self) -> "DeadlineQuerySet":
        """Select the duties that the watch has found not done and that were late indeed, whatever became of them later;
        a right that ended is none of them."""
        return self.filter(_LAPSED_DUTY).filter(Q(met_on=None, cancelled_on=None) | _late("legal"))

    def counted(self, mode: str = "legal") -> "DeadlineQuerySet":
        """Leave out what was cancelled before it was late: nobody can be measured by it any longer.

        What was late when it was cancelled stays late. `mode`: the day that counts, legal or strict.
        """
        return self.filter(Q(cancelled_on=None) | _late(mode))

    def late(self, on: date) -> "DeadlineQuerySet":
        """Select what was done or cancelled after its legal day, or still runs after it on day `on`, and what had
        lapsed before its last day was put off."""
        still = Q(met_on=None, cancelled_on=None, suspended_on=None, waits_since=None, legal_on__lt=on)
        return self.filter(_late("legal") | still)

    def due_until(self, on: date) -> "DeadlineQuerySet":
        return self.running().filter(legal_on__lte=on)


class Deadline(models.Model):
    """One clock. `strict_on` is scored, `legal_on` decides rights (reference §2); both are inclusive last days."""

    case = models.ForeignKey("cases.PetitionCase", models.PROTECT, related_name="deadlines")
    rule = models.CharField("期限", max_length=30, choices=_rules)
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, null=True, related_name="+", verbose_name="义务单位")
    # Of several duties of one kind that a unit has in one matter, which; empty for the clocks of the moves.
    subject = models.CharField("所属", max_length=40, default="", db_default="", blank=True)
    started_on = models.DateField("起算事件日")
    days = models.PositiveSmallIntegerField("指定天数", null=True)
    extended_by = models.PositiveSmallIntegerField("延长天数", default=0)
    strict_on = models.DateField("届满日")
    legal_on = models.DateField("顺延后届满日")
    is_provisional = models.BooleanField("暂算", default=False)
    # 第三十六条第二款: pairs of ISO days (notice, conclusion) that do not count; the day since when it stands still.
    excluded = models.JSONField("不计入的时间", default=list, blank=True)
    suspended_on = models.DateField("中止日", null=True, blank=True)
    # Its duty cannot be done before another desk has decided (`process.owed.Owed.awaited_by`): since when, of one that
    # runs or has ended so; and until when it last was so. Its days run on, and nobody is urged.
    waits_since = models.DateField("等待其他单位决定起", null=True, blank=True)
    waited_until = models.DateField("等待至", null=True, blank=True)
    # A right whose first day was settled long afterwards does not end before this day.
    not_before = models.DateField("不早于", null=True, blank=True)
    met_on = models.DateField("完成日", null=True)
    cancelled_on = models.DateField("取消日", null=True)
    # Up to when the rungs of the ladder are done with, and when the next one is reached (`cases.clocks.ladder`).
    alerted_until = models.DateTimeField("已提醒至", null=True)
    next_alert_at = models.DateTimeField("下次提醒", null=True)
    lapsed_at = models.DateTimeField("逾期登记时间", null=True)
    # What the watch failed at is shown and left alone until somebody has looked at it.
    set_aside_at = models.DateTimeField("搁置时间", null=True)

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name = verbose_name_plural = "期限"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "rule", "unit", "subject"],
                condition=Q(met_on=None, cancelled_on=None),
                name="one_running_clock_of_a_rule",
            ),
            models.CheckConstraint(condition=Q(legal_on__gte=F("strict_on")), name="legal_day_not_before_strict"),
            models.CheckConstraint(condition=Q(met_on=None) | Q(cancelled_on=None), name="clock_met_or_cancelled"),
        ]
        indexes = [
            models.Index(fields=["case"], name="clock_of_case"),
            # For the rates of a month, and for what lapsed, which inspectors see.
            models.Index(fields=["rule", "legal_on"], name="clock_by_rule_and_day"),
            models.Index(fields=["case"], condition=_LAPSED_DUTY, name="clock_lapsed"),
            models.Index(
                fields=["next_alert_at"],
                condition=Q(
                    met_on=None, cancelled_on=None, suspended_on=None, set_aside_at=None, next_alert_at__isnull=False
                ),
                name="clock_to_alert",
            ),
            models.Index(
                fields=["legal_on"],
                condition=Q(met_on=None, cancelled_on=None, lapsed_at=None),
                name="clock_to_watch",
            ),
            models.Index(fields=["set_aside_at"], condition=Q(set_aside_at__isnull=False), name="clock_set_aside"),
        ]

    def __str__(self) -> str:
        return f"{self.get_rule_display()} {self.legal_on:%Y-%m-%d}"

    @property
    def is_running(self) -> bool:
        return self.met_on is None and self.cancelled_on is None

    @property
    def spans(self) -> tuple[tuple[date, date], ...]:
        """The spans that are not counted, as days."""
        return tuple((date.fromisoformat(first), date.fromisoformat(last)) for first, last in self.excluded)

    @property
    def gives_right(self) -> bool:
        """True for a clock that limits a right (objection, review) rather than a duty: its end is no fault of
        anybody."""
        return PERIODS[Rule(self.rule)].gives_right

    @property
    def article(self) -> str:
        return PERIODS[Rule(self.rule)].article

    def days_left(self, on: date) -> int | None:
        """Count the natural days from `on` to the legal day; None for a clock that has stopped, stands still or
        waits."""
        return (self.legal_on - on).days if self.is_urging else None

    @property
    def is_urging(self) -> bool:
        """True for a clock that runs, neither stands still nor waits for another desk."""
        return self.is_running and self.suspended_on is None and self.waits_since is None

    @property
    def ended_on(self) -> date | None:
        """The day by which it is judged: of what ended while it waited for another desk, the day when it came to
        wait."""
        return self.waits_since or self.met_on or self.cancelled_on or self.suspended_on

    @property
    def lapsed_before_extension(self) -> bool:
        """True when its last day had passed before it was put off: the extension came too late, and the lapse stays."""
        return self.lapsed_at is not None and timezone.localdate(self.lapsed_at) <= self.legal_on

    def is_late(self, on: date) -> bool:
        """Check that the duty was done or cancelled after its last day, or is not done on day `on` after it, or had
        lapsed before its last day was put off; a right is never late."""
        ended_on = self.ended_on or on
        return not self.gives_right and (self.lapsed_before_extension or ended_on > self.legal_on)

    @property
    def was_in_time(self) -> bool | None:
        """True for a duty done by the legal day that had not lapsed before, False for one done, or cancelled, when it
        was late already; None while it is open, and when it was cancelled before (see `counted`)."""
        if self.met_on is not None:
            return (self.waits_since or self.met_on) <= self.legal_on and not self.lapsed_before_extension
        return False if self.cancelled_on is not None and self.is_late(self.cancelled_on) else None
