"""党委、政府 as kinds of units, and the body that guides a unit in its line. Units are given theirs by `load_units`."""

from django.db import migrations, models

KINDS = [
    ("area", "地区"),
    ("party", "党委"),
    ("government", "政府"),
    ("petition-office", "信访部门"),
    ("department", "工作部门"),
    ("discipline", "纪检监察机关"),
    ("review", "复查复核机构"),
    ("township", "乡镇街道"),
    ("judicial", "政法机关"),
    ("organisation", "群团企事业单位"),
]


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_whole_procedure")]

    operations = [
        migrations.AlterField(
            model_name="unit",
            name="kind",
            field=models.CharField(choices=KINDS, max_length=20, verbose_name="类别"),
        ),
        migrations.RemoveConstraint(model_name="unit", name="unit_kind_known"),
        migrations.AddConstraint(
            model_name="unit",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", [value for value, _ in KINDS])), name="unit_kind_known"
            ),
        ),
        migrations.AddField(
            model_name="unit",
            name="guided_by",
            field=models.ForeignKey(
                blank=True,
                help_text="例如县级部门填写市级主管部门，党委部门填写本级党委；与本级政府同为复查复核的上一级机关",
                null=True,
                on_delete=models.PROTECT,
                related_name="guides",
                to="accounts.unit",
                verbose_name="上级主管机关",
            ),
        ),
    ]
