"""Topics are found by what people call them, and by initials."""

from django.db import migrations, models

from binzhou_xinfang.offers import WordsField, words_of


def fill(apps, schema_editor):
    topics = apps.get_model("cases", "Topic").objects
    rows = list(topics.all())
    for topic in rows:
        topic.words = words_of([topic.level_3, topic.level_2, topic.level_1])
    topics.bulk_update(rows, ["words"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("cases", "0023_corrected_delivery")]

    operations = [
        migrations.AddField(
            "topic",
            "aliases",
            models.CharField(
                blank=True,
                default="",
                help_text="查找时也能用的叫法，用顿号分开，例如：欠薪、讨薪",
                max_length=200,
                verbose_name="群众的叫法",
            ),
            preserve_default=False,
        ),
        migrations.AddField("topic", "words", WordsField(of=("level_3", "aliases", "level_2", "level_1"))),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
