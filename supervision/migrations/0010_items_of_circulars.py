from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("supervision", "0009_matters_of_notices")]

    operations = [
        migrations.AddField(
            model_name="circular",
            name="items",
            field=models.JSONField(blank=True, db_default={}, default=dict, verbose_name="统计明细"),
        ),
    ]
