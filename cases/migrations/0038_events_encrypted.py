"""Events of matters stand encrypted; who is told to decide on a recusal stands beside it."""

from django.db import migrations, models

from binzhou_xinfang.records.crypto import EncryptedJSONField
from binzhou_xinfang.records.encrypting import operations, rewritten


def note_who_decides(apps, schema_editor):
    """Note of each recusal that waits which units were told to decide, as its event has it."""
    events = apps.get_model("cases", "CaseEvent").objects.filter(kind="ask-recusal").order_by("-seq")
    for recusal in apps.get_model("cases", "Recusal").objects.filter(decided_on=None):
        asked = events.filter(case=recusal.case_id).first()
        recusal.told = asked.detail.get("units", []) if asked else []
        recusal.save(update_fields=["told"])


class Migration(migrations.Migration):

    dependencies = [("cases", "0037_words_of_arrivals_encrypted")]

    operations = [
        migrations.AddField("recusal", "told", models.JSONField(default=list, verbose_name="送请决定的单位")),
        migrations.RunPython(note_who_decides, migrations.RunPython.noop, elidable=True),
        *operations(
            "cases", "caseevent",
            detail=EncryptedJSONField(default=dict, verbose_name="内容"),
        ),
        rewritten("cases", "caseevent"),
    ]
