"""A hearing that the petitioner asks for waits for an answer. Of what was asked for before nothing was written down."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0026_desk")]

    operations = [
        migrations.AddField(
            model_name="petitioncase",
            name="is_hearing_asked",
            field=models.BooleanField(default=False, verbose_name="听证待决"),
        ),
    ]
