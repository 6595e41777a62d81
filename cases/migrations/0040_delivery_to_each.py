"""Each of several petitioners is given the answer by himself; what was delivered before was the first one's. Of a
sealed report one named person asks another."""

from django.db import migrations, models
from django.db.models import PROTECT, Value


def _person(name: str) -> models.ForeignKey:
    return models.ForeignKey(
        db_index=False, null=True, on_delete=PROTECT, related_name="+", to="cases.petitioner", verbose_name=name
    )


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0039_words_of_matters_encrypted"),
    ]

    operations = [
        migrations.AddField(model_name="delivery", name="party", field=_person("受送达人")),
        migrations.AddField(
            model_name="petitioncase",
            name="unserved",
            field=models.JSONField(
                db_default=Value([], models.JSONField()), default=list, verbose_name="待送达的其他信访人"
            ),
        ),
        migrations.AddField(model_name="review", name="applicant", field=_person("申请人")),
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
                    ("unsealed", "不属于检举控告，申请解除保密"),
                    ("voided", "检举控告重复登记或者登记有误，申请作废"),
                ],
                db_default="",
                default="",
                max_length=20,
                verbose_name="待决定的提请事项",
            ),
        ),
    ]
