"""An answer is signed by the head of the unit; who signed those from before is not known."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("supervision", "0010_items_of_circulars"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            "answer",
            "signed_by",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="签发人",
            ),
        ),
        migrations.AlterField(
            "supervisioncase",
            "stage",
            models.CharField(
                "状态",
                max_length=20,
                default="pending",
                choices=[
                    ("pending", "待处理"),
                    ("drafted", "正在拟制"),
                    ("issued", "待反馈"),
                    ("signing", "反馈待签发"),
                    ("answered", "待审核反馈"),
                    ("settled", "已办结"),
                    ("dropped", "不予督办"),
                ],
            ),
        ),
    ]
