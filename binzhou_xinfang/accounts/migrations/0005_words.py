"""Units are found by what people call them, and by initials."""

from django.db import migrations, models

from binzhou_xinfang.offers import WordsField, words_of


def fill(apps, schema_editor):
    units = apps.get_model("accounts", "Unit").objects
    rows = list(units.only("pk", "name", "short_name"))
    for unit in rows:
        unit.words = words_of([unit.name, unit.short_name])
    units.bulk_update(rows, ["words"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_vertical_bodies")]

    operations = [
        migrations.AddField(
            "unit",
            "aliases",
            models.CharField(
                blank=True,
                default="",
                help_text="查找时也能用的叫法，用顿号分开，例如：住建局、房管局",
                max_length=200,
                verbose_name="俗称",
            ),
            preserve_default=False,
        ),
        migrations.AddField("unit", "words", WordsField(of=("name", "short_name", "aliases"))),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
