"""Lock-out per name, address and pair, in a table of our own; what django-axes had counted is over."""

from django.db import migrations, models

_OLD = ("axes_accessattemptexpiration", "axes_accessattempt", "axes_accesslog", "axes_accessfailurelog")


class Migration(migrations.Migration):

    dependencies = [("accounts", "0007_kept_powers")]

    operations = [
        migrations.CreateModel(
            name="Door",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("purpose", models.CharField(choices=[("sign-in", "登录"), ("look-up", "查找信访人")], max_length=10, verbose_name="事项")),
                ("name", models.CharField(blank=True, max_length=150, verbose_name="用户名")),
                ("address", models.CharField(blank=True, max_length=45, verbose_name="地址")),
                ("tries", models.PositiveIntegerField(default=0, verbose_name="次数")),
                ("since", models.DateTimeField(verbose_name="开始时间")),
                ("closed_until", models.DateTimeField(null=True, verbose_name="关闭至")),
            ],
            options={
                "verbose_name": "登录限制",
                "verbose_name_plural": "登录限制",
                "constraints": [models.UniqueConstraint(fields=("purpose", "name", "address"), name="one_door_for_each")],
            },
        ),
        migrations.RunSQL([f"DROP TABLE IF EXISTS {name} CASCADE" for name in _OLD] + ["DELETE FROM django_migrations WHERE app = 'axes'"], migrations.RunSQL.noop),
    ]
