"""Traces of the watch over the clocks: the rungs that were reached, its rounds, and the clocks it had to set aside."""

from django.db import models
from django.utils import timezone

from binzhou_xinfang.append_only import AppendOnly
from binzhou_xinfang.statute.rules import Audience, Consequence, Rung


class Alert(AppendOnly):
    """A rung of the ladder was reached by one clock: once for each last day that the clock has had."""

    deadline = models.ForeignKey("cases.Deadline", models.PROTECT, related_name="alerts")
    days = models.SmallIntegerField("距届满日")
    audience = models.CharField("提醒对象", max_length=40)
    consequence = models.CharField("后续", max_length=20, blank=True, choices=Consequence)
    due_on = models.DateField("届满日")
    reached_at = models.DateTimeField("到级时间")
    recorded_at = models.DateTimeField("记录时间")

    class Meta(AppendOnly.Meta):
        ordering = ["id"]
        verbose_name = verbose_name_plural = "期限提醒"
        constraints = [
            models.UniqueConstraint(fields=["deadline", "days", "due_on"], name="rung_once_for_a_last_day"),
        ]

    def __str__(self) -> str:
        return f"{self.rung.when} {self.due_on:%Y-%m-%d}"

    @property
    def rung(self) -> Rung:
        audience = tuple(Audience(name) for name in self.audience.split("+"))
        return Rung(self.days, audience, Consequence(self.consequence))


class SweepRun(models.Model):
    """One round of the watch. `at`: the moment it was made for; `ended_at`: when it ended by the clock on the wall.

    `ladder`: which ladder was in force, told by its hash.
    """

    at = models.DateTimeField("时刻")
    ended_at = models.DateTimeField("结束", db_index=True, default=timezone.now)
    seconds = models.FloatField("用时")
    due = models.PositiveIntegerField("到级期限")
    claimed = models.PositiveIntegerField("认领")
    alerts = models.PositiveIntegerField("提醒")
    letters = models.PositiveIntegerField("拟函")
    rights_ended = models.PositiveIntegerField("权利届满")
    closed = models.PositiveIntegerField("自动办结")
    set_aside = models.PositiveIntegerField("搁置")
    ladder = models.CharField(max_length=64)

    class Meta:
        ordering = ["-id"]
        verbose_name = verbose_name_plural = "期限巡查"

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S}"


class SweepFault(AppendOnly):
    """A clock that the watch could not deal with, and why. It holds up no other; an administrator takes it up again."""

    deadline = models.ForeignKey("cases.Deadline", models.PROTECT, related_name="faults")
    error = models.CharField("原因", max_length=500)
    at = models.DateTimeField("时间")

    class Meta(AppendOnly.Meta):
        ordering = ["-id"]
        verbose_name = verbose_name_plural = "搁置的期限"

    def __str__(self) -> str:
        return self.error
