"""A unit may ask the office that an heir goes on."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0033_delivery_proof_owed"),
    ]

    operations = [
        migrations.AlterField(
            model_name="petitioncase",
            name="end_asked",
            field=models.CharField(
                blank=True,
                choices=[
                    ("withdrawn", "信访人书面申请撤回"),
                    ("mediated", "已达成调解、和解协议"),
                    ("no-successor", "信访人死亡或者终止且无承继人"),
                    ("successor", "信访人死亡或者终止，由承继人继续，申请变更信访人"),
                ],
                db_default="",
                default="",
                max_length=20,
                verbose_name="待决定的提请事项",
            ),
        ),
    ]
