from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0027_hearing_asked")]

    operations = [
        migrations.AddIndex(
            model_name="petitioncase",
            index=models.Index(
                condition=models.Q(("is_recusal_asked", True)), fields=["holder"], name="recusal_to_decide"
            ),
        ),
        migrations.AddIndex(
            model_name="petitioncase",
            index=models.Index(
                condition=models.Q(("is_hearing_asked", True)), fields=["holder"], name="hearing_to_decide"
            ),
        ),
    ]
