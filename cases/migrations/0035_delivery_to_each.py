"""Each of several petitioners is given the answer by himself; what was delivered before was the first one's."""

from django.db import migrations, models
from django.db.models import PROTECT, Value


def _person(name: str) -> models.ForeignKey:
    return models.ForeignKey(
        db_index=False, null=True, on_delete=PROTECT, related_name="+", to="cases.petitioner", verbose_name=name
    )


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0034_successor_asked"),
    ]

    operations = [
        migrations.AddField(model_name="delivery", name="party", field=_person("受送达人")),
        migrations.AddField(
            model_name="petitioncase",
            name="unserved",
            field=models.JSONField(
                blank=True, db_default=Value([], models.JSONField()), default=list, verbose_name="待送达的其他信访人"
            ),
        ),
        migrations.AddField(model_name="review", name="applicant", field=_person("申请人")),
    ]
