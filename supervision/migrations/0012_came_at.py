"""Moment at which a 督办件 came to the desk where it lies: told by its letter, its sending and its answers."""

from datetime import datetime, time

from django.db import migrations, models
from django.utils import timezone


def _tell(apps, schema_editor):
    cause, answer = (apps.get_model("supervision", name) for name in ("SupervisionCase", "Answer"))
    waiting = cause.objects.filter(stage__in=["drafted", "issued", "signing", "answered"]).select_related("draft")
    for one in waiting.iterator():
        answers = answer.objects.filter(supervision=one).order_by("-pk")
        if one.stage == "drafted":
            one.came_at = one.draft.drafted_at if one.draft else None
        elif one.stage == "answered":
            given = answers.filter(is_accepted=None).first()
            one.came_at = given.at if given else None
        else:
            judged = answers.filter(is_accepted=False).first()
            sent = timezone.make_aware(datetime.combine(one.issued_on, time())) if one.issued_on else None
            one.came_at = judged.judged_at if judged else sent
        one.save(update_fields=["came_at"])


class Migration(migrations.Migration):
    dependencies = [("supervision", "0011_answer_signed")]

    operations = [
        migrations.AddField("supervisioncase", "came_at", models.DateTimeField("到达时间", null=True)),
        migrations.RunPython(_tell, migrations.RunPython.noop),
    ]
