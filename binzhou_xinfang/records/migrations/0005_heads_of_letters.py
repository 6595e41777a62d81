from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0004_sealed_letters_apart"),
    ]

    operations = [
        migrations.AddField(
            model_name="letter",
            name="head",
            field=models.CharField(
                blank=True,
                choices=[("", "没有版头"), ("printed", "随文书印制"), ("letterhead", "用印有标志的信笺")],
                default="",
                max_length=10,
                verbose_name="版头",
            ),
        ),
        migrations.AlterField(
            model_name="letter",
            name="number",
            field=models.CharField(blank=True, db_index=True, max_length=60, verbose_name="文号"),
        ),
    ]
