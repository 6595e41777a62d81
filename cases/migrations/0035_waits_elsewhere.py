"""Days since when a clock waits for the word of another desk; of old matters, since the move that brought them there."""

from typing import Any

from django.db import migrations, models
from django.utils import timezone

# State, move that led there, clocks of the other desk; as they were when this was written.
_NOTICE = ("notice", "objection", "simple-acceptance", "assignment")
_WAITING = {
    "objected": (("object",), _NOTICE),
    "disputed": (("dispute",), _NOTICE),
    "extension-referred": (("agree-extension",), ("handling", "assignment")),
}
_IN_REVIEW = (
    "review-asked", "reviewing", "review-drafted", "review-issued", "recheck-asked", "rechecking", "recheck-hearing",
    "recheck-drafted", "recheck-issued",
)  # fmt: skip
_WAITING |= {state: (("ask-review", "ask-recheck"), ("assignment",)) for state in _IN_REVIEW}
_STANDING = {state: (("ask-review", "ask-recheck"), ("execution",)) for state in _IN_REVIEW}


def let_wait(apps: Any, editor: Any) -> None:
    for table, column in ((_WAITING, "waits_since"), (_STANDING, "suspended_on")):
        for state, (moves, rules) in table.items():
            _let_wait(apps, state, moves, rules, column)


def _let_wait(apps: Any, state: str, moves: tuple[str, ...], rules: tuple[str, ...], column: str) -> None:
    deadlines, events = apps.get_model("cases", "Deadline"), apps.get_model("cases", "CaseEvent")
    running = deadlines.objects.filter(met_on=None, cancelled_on=None, suspended_on=None, subject="", rule__in=rules)
    found = running.filter(case__state=state).exclude(unit=models.F("case__holder"))
    for key, case in list(found.values_list("pk", "case")):
        led = events.objects.filter(case=case, kind__in=moves).order_by("-seq").values_list("happened_at", flat=True)
        since = timezone.localdate(led.first())
        deadlines.objects.filter(pk=key).update(next_alert_at=None, **{column: since})


class Migration(migrations.Migration):
    dependencies = [("cases", "0034_successor_asked")]

    operations = [
        migrations.AddField(
            "deadline", "waits_since", models.DateField(blank=True, null=True, verbose_name="等待其他单位决定起")
        ),
        migrations.AddField("deadline", "waited_until", models.DateField(blank=True, null=True, verbose_name="等待至")),
        migrations.RunPython(let_wait, migrations.RunPython.noop),
    ]
