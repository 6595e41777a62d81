"""Days by which issued letters have to be delivered; a letter of before has none, for nobody said one."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0011_opened_by_command"), ("cases", "0035_waits_elsewhere")]

    operations = [
        migrations.CreateModel(
            name="LetterDue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("due_on", models.DateField(verbose_name="应当送达之日")),
                ("met_on", models.DateField(blank=True, null=True, verbose_name="登记送达之日")),
                ("reminded_at", models.DateTimeField(blank=True, null=True, verbose_name="提醒时间")),
                ("risen_at", models.DateTimeField(blank=True, null=True, verbose_name="报上级时间")),
                (
                    "link",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="due", to="cases.caseletter",
                        verbose_name="文书",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.unit",
                        verbose_name="送达单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "文书送达期限",
                "verbose_name_plural": "文书送达期限",
                "indexes": [
                    models.Index(
                        condition=models.Q(("met_on", None), ("reminded_at", None)), fields=["due_on"],
                        name="letter_due_to_remind",
                    ),
                    models.Index(
                        condition=models.Q(("met_on", None), ("risen_at", None)), fields=["due_on"],
                        name="letter_due_to_rise",
                    ),
                ],
            },
        ),
    ]  # fmt: skip
